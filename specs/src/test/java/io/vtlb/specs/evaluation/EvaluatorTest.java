package io.vtlb.specs.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.specs.smt.MalformedSpecification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Terms come to what SMT-LIB says; what is not understood is named. */
class EvaluatorTest {

  private static final String TYPES =
      """
      (define-sort Word () (_ BitVec 64))
      (declare-datatypes ((Pair 0)) (((nothing) (pair (left Word) (right Bool)))))
      (define-sort Words () (Array Word Pair))
      """;

  private static Value eval(String sort, String term) {
    return Evaluator.of("%s (define-fun it () %s %s)".formatted(TYPES, sort, term))
        .function("it")
        .apply();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "8  | (bvadd #xff #x03)                 | 02",
        "8  | (bvsub #x01 #x03)                 | fe",
        "8  | (bvnot #x0f)                      | f0",
        "8  | (bvor #x01 #x02 #x04)             | 07",
        "8  | (bvand #x0f #x3c)                 | 0c",
        "8  | (bvxor #x0f #x3c)                 | 33",
        "8  | (bvshl #x81 #x01)                 | 02",
        "8  | (bvshl #x81 #x08)                 | 00",
        "8  | (bvlshr #x81 #x07)                | 01",
        "8  | (bvlshr #x81 #xff)                | 00",
        "64 | (bvshl #x0000000000000001 #x0000000000000040) | 0",
        "64 | (bvnot #x0000000000000000)        | ffffffffffffffff",
        "4  | ((_ extract 7 4) #xa5)            | a",
        "12 | (concat #xa5 #xf)                 | a5f",
        "16 | (_ bv513 16)                      | 201",
        "8  | (let ((x #x01)) (let ((x #x02) (y x)) (bvadd x y))) | 03",
        "8  | (ite (bvult #xff #x01) #x01 #x02) | 02"
      })
  void bits(int width, String term, String expected) {
    assertEquals(
        Long.parseUnsignedLong(expected, 16), eval("(_ BitVec " + width + ")", term).bits());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(and true (not false))",
        "(or false true)",
        "(=> false false)",
        "(xor true false)",
        "(bvugt #x80 #x7f)",
        "(bvule #x80 #x80)",
        "(bvuge #x80 #x80)",
        "(= (pair #x0000000000000001 true) (pair #x0000000000000001 true))",
        "(distinct nothing (pair #x0000000000000001 true))",
        "((_ is nothing) nothing)",
        "(right (pair #x0000000000000001 true))",
        "(= nothing (select ((as const Words) nothing) #x0000000000000001))",
        "(right (select (store ((as const Words) nothing) #x0000000000000001"
            + " (pair #x0000000000000001 true)) #x0000000000000001))",
        "(= ((as const Words) nothing) (store ((as const Words) nothing) #x0000000000000001"
            + " nothing))"
      })
  void truths(String term) {
    assertTrue(eval("Bool", term).isTrue());
  }

  @Test
  void aFunctionIsAppliedToValues() {
    Evaluator evaluator =
        Evaluator.of(
            TYPES + "(define-fun twice ((p Pair)) Pair (pair (bvadd (left p) (left p)) true))");
    Constructor pair = evaluator.constructor("pair");
    Value two = evaluator.function("twice").apply(pair.of(Value.of(1), Value.of(false)));
    assertEquals(pair.of(Value.of(2), Value.of(true)), two);
    assertEquals("pair(left=0x2, right=0x1)", two.toString());
    assertEquals(2, ((Value.Datum) two).field("left").bits());
  }

  @Test
  void whatIsLeftOpenIsZero() {
    assertEquals(0, eval("Word", "(left nothing)").bits());
  }

  @Test
  void argumentsAreOfTheirSorts() {
    Evaluator evaluator = Evaluator.of("(define-fun same ((x (_ BitVec 4))) (_ BitVec 4) x)");
    Function same = evaluator.function("same");
    assertThrows(IllegalArgumentException.class, () -> same.apply(Value.of(16)));
    assertThrows(IllegalArgumentException.class, same::apply);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(bvmul #x01 #x02)            | there is no 'bvmul'",
        "(forall ((x Bool)) x)        | there is no value of a quantifier",
        "((_ rotate_left 1) #x01)     | there is no operator (_ rotate_left 1)",
        "unknown                      | there is no 'unknown'",
        "((_ is unknown) nothing)     | there is no constructor 'unknown'",
        "(bvadd #x01 #b1)             | #b1 is a",
        "(not #b1)                    | #b1 is a",
        "(pair #x01 true)             | #x01 is a",
        "(pair)                       | (pair) has 0 arguments, not 2",
        "(ite true #x01)              | (ite true #x01) has not 3 arguments",
        "((_ extract 8 0) #x01)       | extracts bits that are not there",
        "#xgg                         | #xgg is no literal",
        "(_ bv256 8)                  | (_ bv256 8) is no number of that width",
        "(let ((x #x01) (x #x02)) x)  | binds a name twice",
        "()                           | () is no term"
      })
  void whatIsNotUnderstoodIsNamed(String term, String message) {
    MalformedSpecification failure =
        assertThrows(MalformedSpecification.class, () -> eval("(_ BitVec 8)", term));
    assertTrue(failure.getMessage().contains(message), failure.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(declare-fun f (Bool) Bool)                 | 'declare-fun' is no definition",
        "(define-fun f () Missing true)              | there is no sort 'Missing'",
        "(define-fun f () (_ BitVec 65) true)        | is not 1 to 64 bits wide",
        "(define-sort Bool () (_ BitVec 1))          | 'Bool' is defined twice",
        "(define-fun f () Bool true) (define-fun f () Bool true) | 'f' is defined twice",
        "(declare-datatypes ((D 1)) (((d))))         | (D 1) has parameters",
        "(                                           | a '(' is not closed",
        ")                                           | a ')' closes nothing",
        "word                                        | word is not in parentheses"
      })
  void aTextThatIsNoDefinitionIsRefused(String text, String message) {
    MalformedSpecification failure =
        assertThrows(MalformedSpecification.class, () -> Evaluator.of(text));
    assertTrue(failure.getMessage().contains(message), failure.getMessage());
  }
}
