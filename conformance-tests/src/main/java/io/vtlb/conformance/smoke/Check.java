package io.vtlb.conformance.smoke;

import io.vtlb.conformance.generate.LimitedProcessor;
import io.vtlb.conformance.verify.Needs;
import io.vtlb.model.operation.Operation;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.Feature;
import io.vtlb.model.trace.Sequence;
import io.vtlb.model.trace.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A short sequence that shows whether messages are answered rightly.
 *
 * @param parts the messages, in the order in which they come
 * @param declared what a target must declare to be asked them, besides what the sequence needs
 */
record Check(List<Part> parts, Set<Feature> declared, Sequence sequence) {

  Check {
    parts = List.copyOf(parts);
    declared = Set.copyOf(declared);
  }

  /**
   * One message of it.
   *
   * @param about what it is asked in, in a few words
   * @param expected what is right then, in a sentence
   */
  record Part(Message message, String about, String expected) {}

  /** One message, in a world in which operations lead up to it. */
  static Check of(Part part, World world, Operation... operations) {
    return new Check(List.of(part), Set.of(), new Sequence(world, List.of(operations)));
  }

  /** The same, of targets that declare a feature only. */
  Check onlyIf(Feature feature) {
    return new Check(parts, Set.of(feature), sequence);
  }

  /** The same, with a message that comes before. */
  Check after(Part part) {
    List<Part> all = new ArrayList<>();
    all.add(part);
    all.addAll(parts);
    return new Check(all, declared, sequence);
  }

  /** What a target does not declare, in words; nothing if it can be asked. */
  List<String> lacking(Description target) {
    List<String> lacking = new ArrayList<>(Needs.of(sequence).lacking(target));
    declared.stream()
        .filter(feature -> !target.has(feature))
        .map(Feature::word)
        .filter(word -> !lacking.contains(word))
        .forEach(lacking::add);
    return lacking;
  }

  /** The sequence on a processor that offers what a target serves. */
  Sequence sequenceFor(Description target) {
    return LimitedProcessor.of(sequence, target);
  }
}
