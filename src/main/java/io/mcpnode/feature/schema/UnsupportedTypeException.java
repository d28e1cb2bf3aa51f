package io.mcpnode.feature.schema;

/** A type that has no JSON form here; the message names it and what is supported. */
public final class UnsupportedTypeException extends RuntimeException {

  public UnsupportedTypeException(String message) {
    super(message);
  }
}
