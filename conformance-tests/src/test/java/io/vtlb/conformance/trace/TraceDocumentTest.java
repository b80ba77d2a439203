package io.vtlb.conformance.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.machine.Capability;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vendor;
import io.vtlb.model.trace.Caching;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What {@code docs/trace-format.md} shows is true of the reader. */
class TraceDocumentTest {

  private static final Pattern BLOCK = Pattern.compile("```json\\n(.*?)```", Pattern.DOTALL);

  @Test
  void itsExamplesAreTracesAsTheyAreWritten() throws IOException {
    for (String example : blocks()) {
      assertEquals(example, Samples.text(read(example)));
    }
    assertEquals(3, blocks().size());
    assertTrue(read(blocks().getFirst()).verdict().isPresent());
  }

  @Test
  void itNamesEveryWord() throws IOException {
    String text = text();
    List<String> words = new ArrayList<>(Words.all(EventCause.class));
    words.addAll(Words.all(ResyncKind.class));
    words.addAll(Words.all(Caching.Policy.class));
    words.addAll(Words.all(PrivilegeSet.class));
    words.addAll(Words.all(ControlRegister.class));
    words.addAll(Words.all(InvalidationType.class));
    words.addAll(Words.all(Capability.class));
    words.addAll(Words.all(Vendor.class));
    words.addAll(GuestOperationFormat.OPS);
    words.addAll(HostOperationFormat.OPS);
    words.add(AtReadFormat.OP);

    for (String word : words) {
      assertTrue(text.contains("`" + word + "`") || text.contains("." + word + "`"), word);
    }
  }

  private static RecordedTrace read(String example) throws BadTrace {
    return TraceReader.read(
        new ByteArrayInputStream(example.getBytes(StandardCharsets.UTF_8)), "trace-format.md");
  }

  private static List<String> blocks() throws IOException {
    Matcher block = BLOCK.matcher(text());
    List<String> blocks = new ArrayList<>();
    while (block.find()) {
      blocks.add(block.group(1));
    }
    return blocks;
  }

  private static String text() throws IOException {
    return Files.readString(Docs.file("trace-format.md"));
  }
}
