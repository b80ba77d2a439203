package io.vtlb.conformance.smoke;

import io.vtlb.conformance.smoke.Row.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The rows as they come, each told at once. */
final class Ledger {

  private final Notation notation;
  private final Consumer<Row> listener;
  private final List<Row> rows = new ArrayList<>();

  Ledger(Notation notation, Consumer<Row> listener) {
    this.notation = notation;
    this.listener = listener;
  }

  List<Row> rows() {
    return List.copyOf(rows);
  }

  void works(Message message, String about, String note) {
    add(message, about, Result.WORKS, note, Optional.empty());
  }

  void fails(Message message, String about, Row.Shortfall shortfall) {
    add(message, about, Result.FAILS, "", Optional.of(shortfall));
  }

  /**
   * @param missing the message without which this one says nothing
   */
  void notTried(Message message, String about, String missing) {
    add(message, about, Result.NOT_TRIED, "needs " + missing, Optional.empty());
  }

  void notDeclared(Message message, String about, String why) {
    add(message, about, Result.NOT_DECLARED, why, Optional.empty());
  }

  private void add(
      Message message,
      String about,
      Result result,
      String note,
      Optional<Row.Shortfall> shortfall) {
    Row row = new Row(message.toString(), notation.name(message), about, result, note, shortfall);
    rows.add(row);
    listener.accept(row);
  }
}
