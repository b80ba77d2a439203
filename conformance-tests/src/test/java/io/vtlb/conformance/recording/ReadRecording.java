package io.vtlb.conformance.recording;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A recording that has been read as a whole, to be checked by many models. */
record ReadRecording(RecordingHeader header, List<RecordedFact> facts) {

  static ReadRecording of(Path file) throws BadRecording {
    try (RecordingLines lines = RecordingLines.open(file, bytes -> {})) {
      RecordingHeader header = RecordingHeader.read(RecordFields.parse(next(lines)));
      List<RecordedFact> facts = new ArrayList<>();
      for (RecordingLines.@Nullable Line line = lines.next(); line != null; line = lines.next()) {
        facts.add(FactReader.read(RecordFields.parse(line)));
      }
      return new ReadRecording(header, facts);
    }
  }

  private static RecordingLines.Line next(RecordingLines lines) throws BadRecording {
    RecordingLines.Line line = lines.next();
    if (line == null) {
      throw new AssertionError("an empty recording");
    }
    return line;
  }

  RecordingReport check(AccessModel.Factory model) {
    RecordingChecker.Replay replay = new RecordingChecker(model, 0).replay(header);
    facts.forEach(replay::on);
    return replay.finish();
  }
}
