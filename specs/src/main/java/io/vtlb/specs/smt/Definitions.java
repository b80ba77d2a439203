package io.vtlb.specs.smt;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The files of definitions, each after those that it needs. */
public final class Definitions {

  private final Map<String, String> texts;

  Definitions(Map<String, String> texts) {
    this.texts = new TreeMap<>(texts);
    this.texts.forEach((name, text) -> Command.of(text, name));
    closure(List.copyOf(this.texts.keySet()), "the definitions");
  }

  /** The text of some files and of all that they need, every file once. */
  public String compose(List<String> needs) {
    StringBuilder whole = new StringBuilder();
    closure(needs, "a composition").forEach(name -> whole.append(texts.get(name)).append('\n'));
    return whole.toString();
  }

  /** The names of some files and of all that they need, in an order that can be read. */
  Set<String> closure(List<String> needs, String user) {
    Set<String> done = new LinkedHashSet<>();
    needs.forEach(name -> visit(name, user, done, new LinkedHashSet<>()));
    return done;
  }

  private void visit(String name, String user, Set<String> done, Set<String> underWay) {
    String text = texts.get(name);
    if (text == null) {
      throw new MalformedSpecification(user + " needs '" + name + "', which there is not");
    }
    if (done.contains(name)) {
      return;
    }
    if (!underWay.add(name)) {
      throw new MalformedSpecification("definitions need each other: " + underWay);
    }
    Heading.of(text).needs().forEach(need -> visit(need, name, done, underWay));
    underWay.remove(name);
    done.add(name);
  }

  /** The same definitions with one function of one file defined otherwise. */
  Definitions with(Twin twin) {
    String text = texts.get(twin.definition());
    if (text == null) {
      throw new MalformedSpecification(
          twin.name() + ": is a twin of '" + twin.definition() + "', which there is not");
    }
    List<Command> replaced =
        Command.of(text, twin.definition()).stream()
            .filter(command ->
                command.head().equals("define-fun") && command.subject().equals(twin.function()))
            .toList();
    if (replaced.size() != 1) {
      throw new MalformedSpecification(
          "%s: %s defines '%s' %d times, not once"
              .formatted(twin.name(), twin.definition(), twin.function(), replaced.size()));
    }
    Command old = replaced.getFirst();
    Map<String, String> changed = new TreeMap<>(texts);
    changed.put(
        twin.definition(),
        text.substring(0, old.start()) + twin.mistake() + text.substring(old.end()));
    return new Definitions(changed);
  }
}
