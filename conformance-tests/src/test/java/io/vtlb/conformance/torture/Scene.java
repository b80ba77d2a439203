package io.vtlb.conformance.torture;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * What a misdeed has to work with.
 *
 * @param request the line of the request
 * @param honest the right answer to it
 * @param in where the next line comes from
 * @param arguments further arguments of the program
 */
record Scene(String request, String honest, BufferedReader in, List<String> arguments) {

  private static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out);
  private static final List<byte[]> HOARD = new ArrayList<>();
  private static boolean wrong;

  void answer() throws IOException {
    line(honest);
  }

  void line(String text) throws IOException {
    write(text + "\n");
  }

  void write(String text) throws IOException {
    bytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  void bytes(byte[] bytes) throws IOException {
    OUT.write(bytes);
  }

  /** The right answer with a piece of its text replaced. */
  void with(String old, String replacement) throws IOException {
    if (!honest.contains(old)) {
      throw new IllegalStateException("no " + old + " in " + honest);
    }
    line(honest.replace(old, replacement));
  }

  /** The right answer with further fields. */
  void adding(String fields) throws IOException {
    line(honest.substring(0, honest.length() - 1) + "," + fields + "}");
  }

  /** An answer with one more entry, or two. */
  void showing(String entries) throws IOException {
    line("{\"n\":" + number() + ",\"entries\":[" + entries + "]}");
  }

  /** Asks for a word of guest memory. */
  void read() throws IOException {
    line("{\"n\":" + number() + ",\"read\":{\"vm\":0,\"address\":\"0x0\",\"bytes\":4}}");
  }

  /** Takes a line and does not care what it says. */
  void listen() throws IOException {
    in.readLine();
  }

  long number() {
    return new Request(request).number("n");
  }

  static void hang() throws InterruptedException {
    new CountDownLatch(1).await();
  }

  static void pause(long millis) throws InterruptedException {
    Thread.sleep(millis);
  }

  static void spin() {
    while (true) {
      Thread.onSpinWait();
    }
  }

  static void closeOutput() throws IOException {
    OUT.close();
  }

  static void closeInput() throws IOException {
    System.in.close();
  }

  void hoard() {
    while (true) {
      byte[] more = new byte[1 << 20];
      Arrays.fill(more, (byte) 1);
      HOARD.add(more);
    }
  }

  /** Runs a line of the shell, on this program's own streams, to its end. */
  static void shell(String command) throws IOException, InterruptedException {
    new ProcessBuilder("sh", "-c", command).inheritIO().start().waitFor();
  }

  static void signal(String name) throws IOException, InterruptedException {
    shell("kill -" + name + " " + ProcessHandle.current().pid());
    hang();
  }

  /** A shell command that goes on for ever, and is known by this program's last argument. */
  String endless() {
    return "sh -c \": " + arguments.getLast() + "; while :; do sleep 1; done\"";
  }

  /**
   * True if this is the first of four sequences, counted in the file that is the first argument.
   */
  boolean beginsOneOfFour() throws IOException {
    Request asked = new Request(request);
    if (!asked.is("create") || asked.number("vm") != 0) {
      return false;
    }
    Path file = Path.of(arguments.getFirst());
    Files.writeString(file, ".", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    return Files.size(file) % 4 == 1;
  }

  /** True if entries are asked for in the first of four sequences. */
  boolean isWrongSequence() throws IOException {
    Request asked = new Request(request);
    if (asked.is("create") && asked.number("vm") == 0) {
      wrong = beginsOneOfFour();
    }
    return wrong && asked.is("entries");
  }
}
