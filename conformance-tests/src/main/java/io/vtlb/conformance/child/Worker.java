package io.vtlb.conformance.child;

import io.vtlb.conformance.run.Misbehaviour;
import io.vtlb.conformance.run.TargetFailure;
import io.vtlb.conformance.run.TargetSource;
import io.vtlb.conformance.target.Targets;
import io.vtlb.conformance.target.UnusableTarget;
import io.vtlb.conformance.trace.SharedForms;
import io.vtlb.conformance.worker.DescriptionForm;
import io.vtlb.conformance.worker.ProgressFile;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** The {@code main} of a worker. */
public final class Worker {

  private Worker() {}

  /**
   * Runs until the parent closes its end.
   *
   * @param arguments the target's name, the class path for it, the progress file, and the deadlines
   *     for an event and for a sequence in milliseconds
   */
  public static void main(String[] arguments) throws IOException {
    ParentLink parent = ParentLink.open();
    ProgressFile progress = ProgressFile.open(Path.of(arguments[2]));
    try {
      TargetSource target = Targets.here(arguments[0], classPath(arguments[1]));
      ObjectNode hello = SharedForms.object();
      hello.set("description", DescriptionForm.of(target.description()));
      parent.send(hello);
      Deadlines deadlines =
          new Deadlines(
              parent,
              Duration.ofMillis(Long.parseLong(arguments[3])),
              Duration.ofMillis(Long.parseLong(arguments[4])));
      serve(new Requests(target, parent, progress, deadlines));
    } catch (UnusableTarget e) {
      ObjectNode line = SharedForms.object();
      line.put("unusable", String.valueOf(e.getMessage()));
      parent.send(line);
    } catch (TargetFailure e) {
      parent.sendLast(e.misbehaviour());
    } catch (RuntimeException | Error e) {
      parent.sendLast(Misbehaviour.threw(e));
    }
    // Threads that the target has started do not keep the worker.
    Runtime.getRuntime().halt(0);
  }

  private static void serve(Requests requests) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      requests.perform(line);
    }
  }

  private static List<Path> classPath(String joined) {
    return Stream.of(joined.split(File.pathSeparator, -1))
        .filter(entry -> !entry.isEmpty())
        .map(Path::of)
        .toList();
  }
}
