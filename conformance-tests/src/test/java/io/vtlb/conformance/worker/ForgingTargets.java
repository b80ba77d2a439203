package io.vtlb.conformance.worker;

import io.vtlb.conformance.worker.RuinousTargets.Ruinous;
import io.vtlb.model.event.Event;
import io.vtlb.model.event.Response;
import io.vtlb.model.target.Description;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Java targets that speak for their worker: they find its way to the parent, and write there. */
public final class ForgingTargets {

  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  /** A trace of a world in which nothing happens. */
  private static final String OTHER =
      """
      {"record":"world","schema":"vtlb-trace/1","mode":"32-bit",\
      "profile":{"name":"generic-32","physicalAddressBits":40,"pse36":true,"spuriousFaults":true},\
      "caching":{"policy":"never","seed":7},\
      "machines":[{"vcpus":[{"cr0":"0x80010001","cr3":"0x1000","cr4":"0x0","efer":"0x0","cpl":0}],\
      "hostMap":[{"guestFrame":"0x0","hostFrame":"0x200","frames":8}],"words":[]}]}\
      """;

  private ForgingTargets() {}

  /** True if targets can find it here. */
  static boolean arePossible() {
    return Files.isDirectory(DESCRIPTORS);
  }

  /** Writes a line to every pipe but the three that each process has. */
  private static void tellParent(String line) {
    Set<Path> told = new HashSet<>();
    for (int number = 3; number < 200; number++) {
      Path descriptor = DESCRIPTORS.resolve(String.valueOf(number));
      try {
        if (Files.isSymbolicLink(descriptor)) {
          Path pipe = Files.readSymbolicLink(descriptor);
          if (pipe.toString().startsWith("pipe:") && told.add(pipe)) {
            write(descriptor, line + "\n");
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void write(Path descriptor, String text) throws IOException {
    try (FileOutputStream out = new FileOutputStream(descriptor.toFile())) {
      out.write(text.getBytes(StandardCharsets.US_ASCII));
    }
  }

  /** An outcome, with more fields if there are some. */
  private static String outcome(int operations, String more) {
    return """
    {"ingredients":[],"operations":%d,"tally":[],"cells":[],\
    "violation":{"rule":"TLB-1","reason":"forged"}%s}\
    """
        .formatted(operations, more);
  }

  /** Answers events, once it has forged something in the first of them. */
  public abstract static class Forging extends Ruinous {

    private boolean forged;

    @Override
    public Response handle(Event event) {
      if (!forged) {
        forged = true;
        tellParent(forgery());
      }
      return Response.of(new Response.Action.Resume());
    }

    abstract String forgery();
  }

  /** Is described with a level that there is not. */
  public static final class OfUnknownLevel extends Ruinous {
    @Override
    public Description describe() {
      tellParent(
          "{\"description\":{\"name\":\"forged\",\"version\":\"\",\"level\":\"omniscient\","
              + "\"modes\":[\"pae\"],\"features\":[]}}");
      return super.describe();
    }

    @Override
    public Response handle(Event event) {
      return Response.of(new Response.Action.Resume());
    }
  }

  /** Serves no paging mode. */
  public static final class OfNoMode extends Ruinous {
    @Override
    public Description describe() {
      tellParent(
          "{\"description\":{\"name\":\"forged\",\"version\":\"\",\"level\":\"self-reporting\","
              + "\"modes\":[],\"features\":[]}}");
      return super.describe();
    }

    @Override
    public Response handle(Event event) {
      return Response.of(new Response.Action.Resume());
    }
  }

  /** A sequence ended in an operation that it does not have. */
  public static final class TooLate extends Forging {
    @Override
    String forgery() {
      return outcome(1_000_000, "");
    }
  }

  /** What is said to have been recorded is another sequence. */
  public static final class OtherSequence extends Forging {
    @Override
    String forgery() {
      return outcome(1, ",\"recorded\":\"%s\\n\"".formatted(OTHER.replace("\"", "\\\"")));
    }
  }
}
