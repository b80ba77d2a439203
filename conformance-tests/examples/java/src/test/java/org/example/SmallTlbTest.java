package org.example;

import io.vtlb.conformance.junit.Conformance;
import io.vtlb.model.target.Feature;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** Every rule that can be judged is a test. */
class SmallTlbTest {

  @TestFactory
  Stream<DynamicNode> conforms() {
    return Conformance.of(SmallTlb::new)
        .features(Feature.FOREIGN_STORES, Feature.HOST_OPERATIONS, Feature.INTERLEAVING)
        .sequences(2_000)
        .tests();
  }

  /** The same target, found as the command line finds it: {@code --target service:small}. */
  @TestFactory
  Stream<DynamicNode> isFoundByName() {
    return Conformance.named("service:small")
        .strategy("random")
        .sequences(200)
        .mode("4level")
        .rules("TLB-1")
        .tests();
  }
}
