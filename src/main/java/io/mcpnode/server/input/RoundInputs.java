package io.mcpnode.server.input;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpnode.api.InputRequiredException;
import io.mcpnode.api.MissingCapabilityException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/** Questions to a client of 2026-07-28: answered by an earlier round, or left for the next one. */
public final class RoundInputs implements Inputs {

  /** Questions that one round may leave open. */
  static final int MAX_OPEN = 32;

  private final Round round;
  private final Abilities abilities;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Question<?>> open = new LinkedHashMap<>();

  public RoundInputs(Round round, Abilities abilities) {
    this.round = round;
    this.abilities = abilities;
  }

  @Override
  public Abilities abilities() {
    return abilities;
  }

  public Round round() {
    return round;
  }

  @Override
  public <T> CompletableFuture<T> ask(String key, Question<T> question) {
    JsonNode answer = round.answers().get(key);
    if (answer != null) {
      try {
        return CompletableFuture.completedFuture(question.reader().apply(answer));
      } catch (IllegalArgumentException illTyped) {
        return leaveOpen(key, question);
      }
    }
    return leaveOpen(key, question);
  }

  private <T> CompletableFuture<T> leaveOpen(String key, Question<T> question) {
    MissingCapabilityException lacking = abilities.lacking(question);
    if (lacking != null) {
      return CompletableFuture.failedFuture(lacking);
    }
    lock.lock();
    try {
      if (open.size() == MAX_OPEN && !open.containsKey(key)) {
        return CompletableFuture.failedFuture(
            new IllegalStateException("questions in one round: more than " + MAX_OPEN));
      }
      open.putIfAbsent(key, question);
    } finally {
      lock.unlock();
    }
    return CompletableFuture.failedFuture(new InputRequiredException(key));
  }

  /** What the next round has to answer, in the order in which it was asked. */
  public Map<String, Question<?>> open() {
    lock.lock();
    try {
      return new LinkedHashMap<>(open);
    } finally {
      lock.unlock();
    }
  }
}
