package io.vtlb.conformance.cli;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong usage is answered with one line that names what is wrong. */
class BadOptionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                   | name a verb
          verfy                                | there is no verb 'verfy'
          --verify                             | '--verify'
          verify --sequence-count 3            | '--sequence-count'
          verify surplus                       | 'surplus'
          verify --sequences 0                 | --sequences must be 1 or more, not 0
          verify --sequences -1                | --sequences must be 1 or more, not -1
          verify --sequences many              | 'many'
          verify --sequences 99999999999999999999 | '--sequences'
          verify --sequences                   | '--sequences'
          verify --length 0                    | --length must be 1 to 10000, not 0
          verify --length 10001                | --length must be 1 to 10000, not 10001
          verify --length 1.5                  | '1.5'
          verify --jobs 0                      | --jobs must be 1 to 256, not 0
          verify --jobs 257                    | --jobs must be 1 to 256, not 257
          verify --event-deadline 5            | '5' is no span of time; write 500ms, 30s, 5m or 2h
          verify --sequence-deadline 0s        | '0s' is no span of time
          verify --start-deadline soon         | 'soon' is no span of time
          verify --memory-limit 0G             | '0G' is no amount of memory; write 64K, 500M or 2G
          verify --memory-limit 2              | '2' is no amount of memory
          verify --output-limit -1M            | '-1M'
          verify --output-limit 99999999999G   | '99999999999G' is no amount of memory
          verify --restarts -1                 | --restarts must be 0 to 1000, not -1
          verify --restarts 1001               | --restarts must be 0 to 1000, not 1001
          coverage --restarts -1               | --restarts must be 0 to 1000, not -1
          coverage --event-deadline 1          | '1' is no span of time
          replay any --event-deadline 1        | '1' is no span of time
          replay any --restarts 1              | '--restarts'
          verify --seed one                    | 'one'
          verify --for 3x                      | '3x' is no span of time; write 500ms, 30s, 5m or 2h
          verify --for 0s                      | '0s' is no span of time
          verify --for -1s                     | '-1s'
          verify --for 99999999999s            | '99999999999s' is no span of time
          verify --sequences 3 --for 3s        | give either --sequences or --for, not both
          verify --seed 1 --seed 2             | '--seed'
          verify --rule TLB-77                 | there is no rule 'TLB-77'
          verify --rule TLB-1,tlb-x            | there is no rule 'tlb-x'
          verify --rule PRIV                   | there is no rule 'PRIV'
          verify --mode 64                     | '64' is no mode; give 32, pae, 4level, 5level, mixed
          verify --mode PAEs                   | 'PAEs' is no mode; give 32, pae, 4level, 5level, mixed
          sweep --mode none                    | 'none' is no mode; give 32, pae, 4level, 5level, mixed
          verify --mode                        | '--mode'
          verify --mode 32 --mode pae          | '--mode'
          verify --target shadow               | there is no target 'shadow'
          verify --target fault:none-such      | there is no fault 'none-such'
          verify --target class:my.Missing     | my.Missing
          verify --target class:java.lang.Math | java.lang.Math
          verify --target class:my.Tlb --classpath no/such/folder | no/such/folder
          verify --trace-out no/such/found.jsonl | no/such/found.jsonl
          replay                               | FILE
          replay no-such-file.jsonl            | no-such-file.jsonl
          replay one.jsonl two.jsonl           | two.jsonl
          faults none-such                     | there is no fault 'none-such'
          faults invlpg-ignored none-such      | there is no fault 'none-such'
          faults --list none-such              | there is no fault 'none-such'
          faults --target-design lazy invlpg-ignored | 'invlpg-ignored' is a fault inside reference, not lazy
          faults --markdown invlpg-ignored     | --markdown prints the page of all faults
          verify --ingredients none,dirty-log  | 'none' goes with nothing else
          faults --sequences 0                 | --sequences must be 1 or more, not 0
          faults --seed x                      | 'x'
          claims 3                             | '3'
          claims --no-such                     | '--no-such'
          check-recording                      | FILE
          check-recording no-such-file         | no-such-file
          check-recording --max-disagreements -1 any | --max-disagreements must be 0 or more
          """)
  void isRefused(String command, String culprit) {
    Object[] arguments = command.isEmpty() ? new Object[0] : command.split(" +");
    Typed.of(arguments).assertRefused(culprit);
  }

  @ParameterizedTest
  @CsvSource({
    "verify --json --target shadow, shadow",
    "claims --json --bogus, --bogus",
    "faults --json none-such, none-such",
    "replay --json no-such-file.jsonl, no-such-file.jsonl"
  })
  void jsonDoesNotChangeThat(String command, String culprit) {
    Typed.of((Object[]) command.split(" +")).assertRefused(culprit);
  }
}
