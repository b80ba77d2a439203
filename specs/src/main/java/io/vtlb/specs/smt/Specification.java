package io.vtlb.specs.smt;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All definitions, theorems and twins.
 *
 * @param definitions what words mean
 * @param theorems what follows from them, by name
 * @param twins the mistakes that theorems must notice, by name
 */
public record Specification(Definitions definitions, List<Theorem> theorems, List<Twin> twins) {

  private static final String ENDING = ".smt2";

  public Specification {
    theorems = List.copyOf(theorems);
    twins = List.copyOf(twins);
  }

  /** The specification that ships with this module. */
  public static Specification load() {
    return of(ShippedFiles.read());
  }

  /** A specification of files by path, for example {@code theorems/INIT-1.smt2}. */
  public static Specification of(Map<String, String> files) {
    Map<String, String> texts = in("definitions", files);
    texts.putAll(in("generation", files));
    Definitions definitions = new Definitions(texts);
    List<Theorem> theorems = new ArrayList<>();
    in("theorems", files).forEach((name, text) -> theorems.add(Theorem.read(name, text)));
    theorems.forEach(theorem -> definitions.closure(theorem.needs(), theorem.name()));
    List<String> names = theorems.stream().map(Theorem::name).toList();
    List<Twin> twins = new ArrayList<>();
    in("twins", files).forEach((name, text) -> twins.add(Twin.read(name, text)));
    for (Twin twin : twins) {
      for (String refuted : twin.refutes()) {
        if (!names.contains(refuted)) {
          throw new MalformedSpecification(
              twin.name() + ": refutes '" + refuted + "', which there is not");
        }
      }
    }
    return new Specification(definitions, theorems, twins);
  }

  private static Map<String, String> in(String folder, Map<String, String> files) {
    Map<String, String> found = new TreeMap<>();
    files.forEach((path, text) -> {
      if (path.startsWith(folder + "/") && path.endsWith(ENDING)) {
        found.put(path.substring(folder.length() + 1, path.length() - ENDING.length()), text);
      }
    });
    return found;
  }

  /** What has to be asked about a theorem. */
  public Problem problem(Theorem theorem) {
    return problem(theorem, definitions);
  }

  /** What has to be asked about a theorem under a mistake. */
  public Problem problem(Theorem theorem, Twin twin) {
    return problem(theorem, definitions.with(twin));
  }

  private static Problem problem(Theorem theorem, Definitions meant) {
    String assumptions = meant.compose(theorem.needs()) + theorem.assumptions();
    return new Problem(theorem, assumptions, assumptions + theorem.denial());
  }

  /** The names of the small worlds that sequences are generated in. */
  public static List<String> smallWorldNames() {
    return List.of("two-level", "four-level");
  }

  /** A small world by its name. */
  public SmallWorld smallWorld(String name) {
    return smallWorld(name, definitions);
  }

  /** A small world under a mistake. */
  public SmallWorld smallWorld(String name, Twin twin) {
    return smallWorld(name, definitions.with(twin));
  }

  private static SmallWorld smallWorld(String name, Definitions meant) {
    return SmallWorld.of(name, meant.compose(List.of(name, "system")));
  }

  /** The twins that must refute a theorem. */
  public List<Twin> twinsOf(Theorem theorem) {
    return twins.stream().filter(twin -> twin.refutes().contains(theorem.name())).toList();
  }
}
