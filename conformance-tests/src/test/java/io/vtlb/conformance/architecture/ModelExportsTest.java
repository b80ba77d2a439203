package io.vtlb.conformance.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Exports;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The module-info of the model: what everyone sees, and what only its judges see. */
class ModelExportsTest {

  private static final String MODEL = "io.vtlb.model";
  private static final Set<String> VOCABULARY =
      Set.of("machine", "operation", "event", "target", "trace");
  private static final Set<String> SEMANTICS =
      Set.of("memory", "control", "paging", "admissible", "reference", "rule", "monitor");

  private final ModuleDescriptor model =
      ModuleLayer.boot().findModule(MODEL).orElseThrow().getDescriptor();

  private final Map<String, Exports> exports =
      model.exports().stream()
          .collect(Collectors.toMap(one -> one.source().substring(MODEL.length() + 1), one -> one));

  @Test
  void theVocabularyIsForEveryone() {
    VOCABULARY.forEach(name -> assertTrue(!exports.get(name).isQualified(), name));
  }

  @Test
  void theSemanticsAreForSpecificationAndKit() {
    for (String name : SEMANTICS) {
      assertEquals(Set.of("io.vtlb.specs", "io.vtlb.conformance"), exports.get(name).targets());
    }
  }

  @Test
  void thereIsNothingElse() {
    assertEquals(VOCABULARY.size() + SEMANTICS.size(), exports.size());
    assertTrue(model.opens().isEmpty());
    assertTrue(!model.isOpen());
  }
}
