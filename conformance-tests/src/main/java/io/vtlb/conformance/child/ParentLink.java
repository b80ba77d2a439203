package io.vtlb.conformance.child;

import io.vtlb.conformance.run.Misbehaviour;
import io.vtlb.conformance.trace.SharedForms;
import io.vtlb.conformance.worker.OutcomeForm;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.ObjectNode;

/**
 * The way to the parent: what was standard output when the worker started.
 *
 * <p>What the target prints goes to standard error instead, be it printed in Java or by C: file
 * descriptor 1 leads there from then on.
 */
final class ParentLink {

  private static final int STANDARD_OUTPUT = 1;
  private static final int STANDARD_ERROR = 2;

  private final OutputStream out;

  private ParentLink(OutputStream out) {
    this.out = out;
  }

  @SuppressWarnings("restricted") // the worker is started with native access
  static ParentLink open() throws IOException {
    Linker linker = Linker.nativeLinker();
    int kept;
    try {
      MethodHandle dup =
          linker.downcallHandle(
              linker.defaultLookup().findOrThrow("dup"),
              FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
      MethodHandle dup2 =
          linker.downcallHandle(
              linker.defaultLookup().findOrThrow("dup2"),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
      kept = (int) dup.invokeExact(STANDARD_OUTPUT);
      int moved = (int) dup2.invokeExact(STANDARD_ERROR, STANDARD_OUTPUT);
      if (kept < 0 || moved < 0) {
        throw new IOException("standard output cannot be moved");
      }
    } catch (IOException e) {
      throw e;
    } catch (Throwable e) {
      throw new IOException("standard output cannot be moved: " + e, e);
    }
    System.setOut(System.err);
    return new ParentLink(new FileOutputStream("/dev/fd/" + kept));
  }

  /** Sends one line. */
  synchronized void send(ObjectNode line) throws IOException {
    out.write((SharedForms.line(line) + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  /** Sends how the target failed; nothing follows. */
  void sendLast(Misbehaviour misbehaviour) throws IOException {
    ObjectNode line = SharedForms.object();
    line.set("last", OutcomeForm.of(misbehaviour));
    send(line);
  }
}
