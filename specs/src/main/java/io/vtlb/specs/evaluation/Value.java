package io.vtlb.specs.evaluation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a term comes to. Values are equal if SMT-LIB's {@code =} holds of them. */
public sealed interface Value {

  /**
   * A truth value, 0 or 1, or the bits of a bit vector; its sort says which and how many.
   *
   * @param bits with nothing above the width
   */
  record Scalar(long bits) implements Value {

    private static final Scalar FALSE = new Scalar(0);
    private static final Scalar TRUE = new Scalar(1);

    @Override
    public String toString() {
      return "0x" + Long.toHexString(bits);
    }
  }

  /** A value of a datatype. */
  final class Datum implements Value {

    private final Constructor constructor;
    private final Value[] fields;

    /** It keeps the array. */
    Datum(Constructor constructor, Value[] fields) {
      this.constructor = constructor;
      this.fields = fields;
    }

    public Constructor constructor() {
      return constructor;
    }

    /** What it holds in the place of one of its constructor's fields. */
    public Value field(int place) {
      return fields[place];
    }

    /** What it holds under the name of a selector of its constructor. */
    public Value field(String selector) {
      for (int place = 0; place < fields.length; place++) {
        if (constructor.fields().get(place).name().equals(selector)) {
          return fields[place];
        }
      }
      throw new IllegalArgumentException(constructor.name() + " has no " + selector);
    }

    /** Constructors of one name are one: a text declares each once. */
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Datum datum
          && constructor.name().equals(datum.constructor.name())
          && Arrays.equals(fields, datum.fields);
    }

    @Override
    public int hashCode() {
      return constructor.name().hashCode() * 31 + Arrays.hashCode(fields);
    }

    @Override
    public String toString() {
      if (fields.length == 0) {
        return constructor.name();
      }
      StringBuilder text = new StringBuilder(constructor.name()).append('(');
      for (int place = 0; place < fields.length; place++) {
        text.append(place == 0 ? "" : ", ")
            .append(constructor.fields().get(place).name())
            .append('=')
            .append(fields[place]);
      }
      return text.append(')').toString();
    }
  }

  /** A map that holds one value nearly everywhere. */
  final class Mapping implements Value {

    /** Only what differs from the rest, so that equal maps have equal entries. */
    private final Map<Value, Value> entries;

    private final Value otherwise;

    private Mapping(Map<Value, Value> entries, Value otherwise) {
      this.entries = entries;
      this.otherwise = otherwise;
    }

    /** The map that holds a value everywhere. */
    public static Mapping of(Value everywhere) {
      return new Mapping(Map.of(), everywhere);
    }

    public Value select(Value index) {
      return entries.getOrDefault(index, otherwise);
    }

    /** The same map but for what it holds at one place. */
    public Mapping store(Value index, Value value) {
      Map<Value, Value> changed = new HashMap<>(entries);
      if (value.equals(otherwise)) {
        changed.remove(index);
      } else {
        changed.put(index, value);
      }
      return new Mapping(changed, otherwise);
    }

    /** The value that it holds nearly everywhere. */
    public Value otherwise() {
      return otherwise;
    }

    /** What it holds elsewhere. */
    public Map<Value, Value> entries() {
      return Map.copyOf(entries);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Mapping mapping
          && otherwise.equals(mapping.otherwise)
          && entries.equals(mapping.entries);
    }

    @Override
    public int hashCode() {
      return Objects.hash(otherwise, entries);
    }

    @Override
    public String toString() {
      return entries + ", otherwise " + otherwise;
    }
  }

  /** A truth value. */
  static Value of(boolean truth) {
    return truth ? Scalar.TRUE : Scalar.FALSE;
  }

  /** A bit vector. */
  static Value of(long bits) {
    return new Scalar(bits);
  }

  /** The bits of a bit vector, or 0 or 1. */
  default long bits() {
    return switch (this) {
      case Scalar scalar -> scalar.bits;
      case Datum datum -> throw new IllegalStateException(this + " has no bits");
      case Mapping mapping -> throw new IllegalStateException(this + " has no bits");
    };
  }

  /** True of the truth value true. */
  default boolean isTrue() {
    return bits() != 0;
  }

  /** The name of the constructor of a value of a datatype. */
  default String constructorName() {
    return switch (this) {
      case Datum datum -> datum.constructor.name();
      case Scalar scalar -> throw new IllegalStateException(this + " has no constructor");
      case Mapping mapping -> throw new IllegalStateException(this + " has no constructor");
    };
  }
}
