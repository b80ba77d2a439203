package io.vtlb.specs.evaluation;

import java.util.List;

/**
 * One way to make a value of a datatype.
 *
 * @param name as it is declared
 * @param fields what a value made in this way holds, in order
 */
public record Constructor(String name, List<Field> fields) {

  public Constructor {
    fields = List.copyOf(fields);
  }

  /**
   * One thing that a value holds.
   *
   * @param name of its selector
   */
  public record Field(String name, Sort sort) {}

  /** The value that holds these. */
  public Value.Datum of(Value... values) {
    if (values.length != fields.size()) {
      throw new IllegalArgumentException(
          "%s has %d fields, not %d".formatted(name, fields.size(), values.length));
    }
    for (int at = 0; at < values.length; at++) {
      if (!fields.get(at).sort().admits(values[at])) {
        throw new IllegalArgumentException(
            "%s of %s is not %s".formatted(fields.get(at).name(), name, values[at]));
      }
    }
    return new Value.Datum(this, values.clone());
  }
}
