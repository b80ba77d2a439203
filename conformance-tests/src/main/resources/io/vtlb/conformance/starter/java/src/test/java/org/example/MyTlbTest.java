package org.example;

import io.vtlb.conformance.junit.Conformance;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** Every rule that can be judged is a test. */
class MyTlbTest {

  @TestFactory
  Stream<DynamicNode> conforms() {
    return Conformance.of(MyTlb::new).sequences(1_000).tests();
  }
}
