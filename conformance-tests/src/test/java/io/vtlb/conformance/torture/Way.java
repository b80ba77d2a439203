package io.vtlb.conformance.torture;

import java.io.IOException;
import java.util.Locale;

/** The ways to misbehave, each at its moment. */
enum Way {
  NONE(Moment.START, 1, scene -> {}),

  HANG_BEFORE_HELLO(Moment.START, 1, scene -> Scene.hang()),
  HANG_AT_HELLO(Moment.HELLO, 1, scene -> Scene.hang()),
  HANG_IN_CREATE(Moment.CREATE, 1, scene -> Scene.hang()),
  HANG_IN_EVENT(scene -> Scene.hang()),
  HANG_IN_ENTRIES(Moment.ENTRIES, 3, scene -> Scene.hang()),
  HANG_AND_IGNORE_SIGTERM(scene -> {
    Runtime.getRuntime().addShutdownHook(new Thread(Scene::spin));
    Scene.hang();
  }),
  TRICKLE(scene -> {
    while (true) {
      scene.write(" ");
      Scene.pause(20);
    }
  }),
  SLOW(
      Moment.EVENT,
      Times.EACH,
      scene -> {
        Scene.pause(400);
        scene.answer();
      }),

  EXIT_0(scene -> System.exit(0)),
  EXIT_7(scene -> System.exit(7)),
  EXIT_255(scene -> System.exit(255)),
  EXIT_BEFORE_HELLO(Moment.START, 1, scene -> System.exit(2)),
  EXIT_AFTER_ITS_ANSWER(scene -> {
    scene.answer();
    System.exit(9);
  }),
  HALT(scene -> Runtime.getRuntime().halt(3)),
  SIGKILL(scene -> Scene.signal("KILL")),
  /** Its shell does it, once the program has ended: a Java program catches this signal. */
  SIGSEGV(scene -> System.exit(0)),
  SIGABRT(scene -> Scene.signal("ABRT")),
  SIGTERM(scene -> Scene.signal("TERM")),
  EXCEPTION(scene -> {
    throw new IllegalStateException("no shadow page is left");
  }),
  GIVES_UP(scene -> scene.line("{\"n\":" + scene.number() + ",\"error\":\"out of shadow pages\"}")),
  GIVES_UP_AND_EXITS(scene -> {
    scene.line("{\"n\":" + scene.number() + ",\"error\":\"out of shadow pages\"}");
    Runtime.getRuntime().halt(1);
  }),
  UNSUPPORTED(scene -> scene.line("{\"n\":" + scene.number() + ",\"unsupported\":\"no paging\"}")),

  CLOSES_OUTPUT(scene -> {
    Scene.closeOutput();
    Scene.hang();
  }),
  CLOSES_INPUT(
      Moment.CREATE,
      1,
      scene -> {
        Scene.closeInput();
        scene.answer();
        Scene.hang();
      }),
  CLOSES_BOTH_AND_SPINS(scene -> {
    Scene.closeInput();
    Scene.closeOutput();
    Scene.spin();
  }),

  OVER_LONG_LINE(scene -> scene.line("x".repeat(2 << 20))),
  OVER_LONG_LINE_WITHOUT_END(scene -> {
    while (true) {
      scene.write("x".repeat(1 << 16));
    }
  }),
  NOT_JSON(scene -> scene.line("resume")),
  LOG_LINE(scene -> {
    scene.line("debug: event 3");
    scene.answer();
  }),
  EMPTY_LINE(scene -> scene.line("")),
  BANNER(Moment.START, 1, scene -> scene.line("This is a virtual TLB.")),
  ARRAY(scene -> scene.line("[" + scene.honest() + "]")),
  TWO_VALUES(scene -> scene.line(scene.honest() + scene.honest())),
  CUT_OFF(scene -> scene.line(scene.honest().substring(0, scene.honest().length() - 1))),
  NOT_UTF8(scene -> scene.line(scene.honest() + "\u00ff")),
  DEEP(scene -> scene.adding("\"report\":" + "[".repeat(100_000) + "]".repeat(100_000))),
  LONG_NUMBER(scene -> scene.line("{\"n\":" + "9".repeat(100_000) + "}")),
  NUMBER_WITH_LARGE_EXPONENT(scene -> scene.line("{\"n\":1e999999999,\"action\":\"resume\"}")),
  FIELD_TWICE(scene -> scene.adding("\"action\":\"resume\"")),

  NO_NUMBER(scene -> scene.line("{\"action\":\"resume\"}")),
  NUMBER_AS_TEXT(
      scene -> scene.with("\"n\":" + scene.number(), "\"n\":\"" + scene.number() + "\"")),
  NEXT_NUMBER(scene -> scene.with("\"n\":" + scene.number(), "\"n\":" + (scene.number() + 1))),
  NEGATIVE_NUMBER(scene -> scene.with("\"n\":" + scene.number(), "\"n\":-" + scene.number())),
  SECOND_ANSWER(scene -> {
    scene.answer();
    scene.answer();
  }),
  EARLIER_ANSWER(scene -> scene.with("\"n\":" + scene.number(), "\"n\":" + (scene.number() - 1))),

  UNKNOWN_FIELD(scene -> scene.adding("\"resynced\":true")),
  UNKNOWN_ACTION(scene -> scene.line("{\"n\":" + scene.number() + ",\"action\":\"ignore\"}")),
  NO_ACTION(scene -> scene.line("{\"n\":" + scene.number() + "}")),
  UNKNOWN_RIGHTS(Moment.ENTRIES, 3, scene -> scene.showing(entry("\"0x1\"", 1, "0x1", "rwz", ""))),
  THREE_PAGES(Moment.ENTRIES, 3, scene -> scene.showing(entry("\"0x0\"", 3, "0x0", "r--", ""))),
  UNALIGNED_LARGE_PAGE(
      Moment.ENTRIES, 3, scene -> scene.showing(entry("\"0x1\"", 512, "0x200", "r--", ""))),
  PAGE_AS_NUMBER(Moment.ENTRIES, 3, scene -> scene.showing(entry("1024", 1, "0x1", "r--", ""))),
  KEY_16(
      Moment.ENTRIES, 3, scene -> scene.showing(entry("\"0x1\"", 1, "0x1", "r--", ",\"key\":16"))),
  OVERLAPPING_ENTRIES(
      Moment.ENTRIES,
      3,
      scene ->
          scene.showing(
              entry("\"0x1\"", 1, "0x1", "r--", "") + "," + entry("\"0x1\"", 1, "0x2", "r--", ""))),
  DROP_FOR_NO_VCPU(
      scene -> scene.adding("\"drops\":[{\"drop\":\"everything\",\"vm\":0,\"vcpu\":7}]")),
  DROP_FOR_NEGATIVE_VM(
      scene -> scene.adding("\"drops\":[{\"drop\":\"everything\",\"vm\":-1,\"vcpu\":0}]")),
  WRITE_TO_NO_MACHINE(scene ->
      scene.adding(
          "\"writes\":[{\"write\":\"store\",\"vm\":15,\"address\":\"0x0\",\"bytes\":4,\"value\":\"0x1\"}]")),
  WRITE_OF_THREE_BYTES(scene ->
      scene.adding(
          "\"writes\":[{\"write\":\"store\",\"vm\":0,\"address\":\"0x0\",\"bytes\":3,\"value\":\"0x1\"}]")),
  EXPECTS_WHAT_IS_NOT_THERE(scene ->
      scene.adding(
          "\"writes\":[{\"write\":\"compare-and-set\",\"vm\":0,\"address\":\"0x0\",\"bytes\":4,"
              + "\"expected\":\"0x12345678\",\"replacement\":\"0x1\"}]")),

  ERROR_FLOOD(scene -> {
    while (true) {
      System.err.println("This is fine. ".repeat(100));
    }
  }),
  OUTPUT_FLOOD(scene -> {
    while (true) {
      scene.answer();
    }
  }),
  ENDLESS_READS(scene -> {
    while (true) {
      scene.read();
      scene.listen();
    }
  }),
  ENDLESS_READS_WITHOUT_LISTENING(scene -> {
    while (true) {
      scene.read();
    }
  }),
  MEMORY_GROWTH(Scene::hoard),
  MEMORY_GROWTH_OF_A_CHILD(scene -> Scene.shell("head -c 600000000 /dev/zero | tail >/dev/null")),

  LEAVES_A_CHILD(scene -> {
    Scene.shell(scene.endless() + " </dev/null >/dev/null 2>&1 &");
    System.exit(0);
  }),
  LEAVES_A_DAEMON(scene -> {
    Scene.shell("(setsid " + scene.endless() + " </dev/null >/dev/null 2>&1 &) &");
    Scene.hang();
  }),
  LEAVES_A_CHILD_WITH_ITS_PIPES(scene -> {
    Scene.shell("(setsid " + scene.endless() + " &) &");
    System.exit(7);
  }),
  LEAVES_A_CHILD_WITH_ITS_PIPES_AND_NO_ENVIRONMENT(scene -> {
    Scene.shell("(setsid env -i PATH=\"$PATH\" " + scene.endless() + " &) &");
    System.exit(7);
  }),

  NO_GOODBYE(Moment.BYE, 1, scene -> Scene.hang()),
  TALKS_AFTER_GOODBYE(
      Moment.BYE,
      1,
      scene -> {
        while (true) {
          scene.answer();
        }
      }),
  EXIT_7_AT_GOODBYE(Moment.BYE, 1, scene -> System.exit(7)),
  STAYS_AFTER_GOODBYE(
      Moment.BYE,
      1,
      scene -> {
        scene.answer();
        Scene.hang();
      }),
  WRITES_AFTER_GOODBYE(
      Moment.BYE,
      1,
      scene -> {
        scene.answer();
        scene.line("It was a pleasure.");
      }),
  EXIT_7_AFTER_GOODBYE(
      Moment.BYE,
      1,
      scene -> {
        scene.answer();
        System.exit(7);
      }),

  OTHER_PROTOCOL(Moment.HELLO, 1, scene -> scene.with("vtlb-target/1", "vtlb-target/2")),
  UNKNOWN_FEATURE(
      Moment.HELLO, 1, scene -> scene.with("\"features\":[", "\"features\":[\"telepathy\"")),
  NAME_FOR_A_TERMINAL(Moment.HELLO, 1, scene -> scene.with("\"name\":\"", "\"name\":\"\\u001b[2J")),
  LEVEL_4(Moment.HELLO, 1, scene -> scene.with("\"level\":2", "\"level\":4")),
  NO_MODES(Moment.HELLO, 1, scene -> scene.with("\"none\"", "")),

  /** Ends itself in the first of each four sequences that any process serves. */
  SOMETIMES_EXITS(
      Moment.CREATE,
      Times.EACH,
      scene -> {
        if (scene.beginsOneOfFour()) {
          System.err.println("that is enough");
          System.exit(5);
        }
        scene.answer();
      }),
  /** The same, with an entry that breaks a rule. */
  SOMETIMES_WRONG(
      Moment.EVER,
      Times.EACH,
      scene -> {
        if (scene.isWrongSequence()) {
          scene.showing(entry("\"0x1\"", 1, "0xfffff", "rwx", ""));
        } else {
          scene.answer();
        }
      });

  /** What a target does instead of a right answer. */
  @FunctionalInterface
  interface Misdeed {
    void commit(Scene scene) throws IOException, InterruptedException;
  }

  private static final class Times {
    static final int EACH = 0;
    static final int USUAL = 3;
  }

  private final Moment moment;
  private final int times;

  @SuppressWarnings("ImmutableEnumChecker") // misdeeds hold nothing
  private final Misdeed misdeed;

  /** At the third event that a process is asked. */
  Way(Misdeed misdeed) {
    this(Moment.EVENT, Times.USUAL, misdeed);
  }

  Way(Moment moment, int times, Misdeed misdeed) {
    this.moment = moment;
    this.times = times;
    this.misdeed = misdeed;
  }

  Moment moment() {
    return moment;
  }

  Misdeed misdeed() {
    return misdeed;
  }

  /** True if it misbehaves the so-many-th time that its moment comes. */
  boolean isTime(int time) {
    return times == Times.EACH || times == time;
  }

  /** What it says of itself, rightly. */
  String hello() {
    return "\"protocol\":\"vtlb-target/1\",\"name\":\"%s\",\"version\":\"1\",\"level\":2,\"modes\":[\"none\"],\"features\":[]%s"
        .formatted(
            name().toLowerCase(Locale.ROOT),
            name().startsWith("ENDLESS_READS") ? ",\"memory\":\"ask\"" : "");
  }

  private static String entry(
      String page, int pages, String hostFrame, String rights, String further) {
    return "{\"page\":%s,\"pages\":%d,\"hostFrame\":\"%s\",\"rights\":\"%s\"%s}"
        .formatted(page, pages, hostFrame, rights, further);
  }
}
