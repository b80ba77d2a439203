package io.vtlb.conformance.torture;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A program that speaks the target protocol rightly up to a moment, and then misbehaves in the way
 * that its first argument names.
 */
final class TortureTarget {

  /** What stands before the time of a misdeed, in milliseconds since 1970. */
  static final String MISDEED = "misdeed at ";

  private TortureTarget() {}

  /** Serves requests until the input ends. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Way way = Way.valueOf(arguments[0]);
    List<String> further = Arrays.asList(arguments).subList(1, arguments.length);
    HonestTlb honest = new HonestTlb(way.hello());
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                new FileInputStream(FileDescriptor.in), StandardCharsets.US_ASCII));
    if (way.moment() == Moment.START) {
      commit(way, new Scene("", "", in, further));
    }
    int times = 0;
    for (@Nullable String line = in.readLine(); line != null; line = in.readLine()) {
      Request request = new Request(line);
      Scene scene = new Scene(line, honest.answer(request), in, further);
      times += way.moment().is(request) ? 1 : 0;
      if (way.moment().is(request) && way.isTime(times)) {
        commit(way, scene);
      } else {
        scene.answer();
      }
      if (request.is("bye")) {
        return;
      }
    }
  }

  /** Says when, for whoever measures how long it takes to be noticed. */
  private static void commit(Way way, Scene scene) throws IOException, InterruptedException {
    System.err.println(MISDEED + System.currentTimeMillis());
    way.misdeed().commit(scene);
  }
}
