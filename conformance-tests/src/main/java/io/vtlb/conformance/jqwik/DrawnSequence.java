package io.vtlb.conformance.jqwik;

import io.vtlb.model.operation.Operation;
import io.vtlb.model.trace.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.ShrinkingDistance;

/** A sequence that shrinks by leaving out runs of operations, long ones first. */
record DrawnSequence(Sequence value) implements Shrinkable<Sequence> {

  @Override
  public Stream<Shrinkable<Sequence>> shrink() {
    int size = value.operations().size();
    return IntStream.iterate(size, length -> length > 0, length -> length / 2)
        .boxed()
        .flatMap(length -> withoutEach(length, size));
  }

  private Stream<Shrinkable<Sequence>> withoutEach(int length, int size) {
    return IntStream.iterate(0, from -> from + length <= size, from -> from + length)
        .mapToObj(from -> without(from, from + length));
  }

  private Shrinkable<Sequence> without(int from, int to) {
    List<Operation> rest = new ArrayList<>(value.operations());
    rest.subList(from, to).clear();
    return new DrawnSequence(value.with(rest));
  }

  @Override
  public ShrinkingDistance distance() {
    return ShrinkingDistance.of(value.operations().size());
  }
}
