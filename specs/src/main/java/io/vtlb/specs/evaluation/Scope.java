package io.vtlb.specs.evaluation;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The parameters and local names that a term of one function may use, each with its slot. */
final class Scope {

  /** What a name stands for: a slot, and the sort of what is there. */
  record Variable(int slot, Sort sort) {}

  private Map<String, Variable> visible = new HashMap<>();
  private int slots;

  /** Makes a name visible; one of the same name is hidden. */
  void add(String name, Sort sort) {
    visible.put(name, reserve(sort));
  }

  /** A slot that no name leads to yet. */
  Variable reserve(Sort sort) {
    return new Variable(slots++, sort);
  }

  Optional<Variable> find(String name) {
    return Optional.ofNullable(visible.get(name));
  }

  /** Makes names visible; says what was visible before, for {@link #leave}. */
  Map<String, Variable> enter(Map<String, Variable> names) {
    Map<String, Variable> outer = visible;
    visible = new HashMap<>(outer);
    visible.putAll(names);
    return outer;
  }

  void leave(Map<String, Variable> outer) {
    visible = outer;
  }

  /** How many slots a call needs. */
  int slots() {
    return slots;
  }
}
