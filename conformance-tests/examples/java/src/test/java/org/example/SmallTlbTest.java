package org.example;

import static io.vtlb.model.target.Feature.*;

import io.vtlb.conformance.junit.Conformance;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** Every rule that can be judged is a test. */
class SmallTlbTest {

  @TestFactory
  Stream<DynamicNode> conforms() {
    return Conformance.of(SmallTlb::new)
        .features(SEVERAL_VCPUS, PCID, FOREIGN_STORES, HOST_OPERATIONS, INTERLEAVING)
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
