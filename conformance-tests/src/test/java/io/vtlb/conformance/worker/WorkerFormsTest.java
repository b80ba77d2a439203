package io.vtlb.conformance.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.conformance.trace.BadTrace;
import io.vtlb.conformance.trace.Fields;
import io.vtlb.conformance.trace.Place;
import io.vtlb.conformance.trace.SharedForms;
import io.vtlb.model.machine.Paging;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.Feature;
import io.vtlb.model.target.ObservationLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a worker tells is read as it was told, and refused by field where it cannot be. */
class WorkerFormsTest {

  private static Fields fields(String json) throws BadTrace {
    return SharedForms.fields(new Place("worker", 0), json);
  }

  @ParameterizedTest
  @EnumSource
  void aDescriptionIsReadAsItWasTold(ObservationLevel level) throws BadTrace {
    Description told =
        new Description("t", "1", level, EnumSet.allOf(Paging.class), EnumSet.allOf(Feature.class));
    String line = SharedForms.line(DescriptionForm.of(told));
    assertEquals(told, DescriptionForm.read(fields(line)));
    Description less = new Description("t", "", level, Set.of(Paging.PAE), Set.of());
    assertEquals(less, DescriptionForm.read(fields(SharedForms.line(DescriptionForm.of(less)))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "level|'level':'omniscient','modes':['pae'],'features':[]",
        "level|'level':3,'modes':['pae'],'features':[]",
        "modes|'level':'self-reporting','modes':[],'features':[]",
        "modes|'level':'self-reporting','modes':['6-level'],'features':[]",
        "modes|'level':'self-reporting','modes':'pae','features':[]",
        "features|'level':'self-reporting','modes':['pae'],'features':['telepathy']",
        "features|'level':'self-reporting','modes':['pae']",
      })
  void aDescriptionThatCannotBe(String fieldAndText) {
    String field = fieldAndText.substring(0, fieldAndText.indexOf('|'));
    String text = "{'name':'t','version':''," + fieldAndText.substring(field.length() + 1) + "}";
    BadTrace refused =
        assertThrows(BadTrace.class, () -> DescriptionForm.read(fields(text.replace('\'', '"'))));
    assertTrue(refused.problem().startsWith("field \"" + field), refused.problem());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "operations|'operations':-1,'tally':[],'cells':[]",
        "tally|'operations':1,'tally':[99,1,1],'cells':[]",
        "tally|'operations':1,'tally':[0,-1,1],'cells':[]",
        "cells|'operations':1,'tally':[],'cells':[-1]",
        "cells|'operations':1,'tally':[],'cells':[99999999]",
        "violation|'operations':1,'tally':[],'cells':[],'violation':{'rule':'X-1','reason':''}",
        "misbehaviour|'operations':1,'tally':[],'cells':[],'misbehaviour':{'kind':'BORED'}",
      })
  void anOutcomeThatCannotBe(String fieldAndText) {
    String field = fieldAndText.substring(0, fieldAndText.indexOf('|'));
    String text = "{'ingredients':[]," + fieldAndText.substring(field.length() + 1) + "}";
    BadTrace refused =
        assertThrows(BadTrace.class, () -> OutcomeForm.read(fields(text.replace('\'', '"'))));
    assertTrue(refused.problem().startsWith("field \"" + field), refused.problem());
  }

  /** The target can write there as well as the worker. */
  @Test
  void progressThatCannotBe(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("progress");
    ProgressFile progress = ProgressFile.open(file);
    progress.operation();
    progress.operation();
    assertEquals(2, progress.operations(40));
    byte[] scribble = new byte[16];
    Arrays.fill(scribble, (byte) 0xFF);
    Files.write(file, scribble, StandardOpenOption.WRITE);
    assertEquals(0, progress.operations(40));
    scribble[8] = 0x7F;
    Files.write(file, scribble, StandardOpenOption.WRITE);
    assertEquals(40, progress.operations(40));
  }
}
