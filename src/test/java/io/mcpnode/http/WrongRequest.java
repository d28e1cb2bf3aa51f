package io.mcpnode.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A request that is wrong in one way, and what a node owes its sender.
 *
 * @param bytes sent as they are, after {@code {session}} was replaced by the id of a live session
 * @param status of the answer
 * @param part of the answer's body
 */
record WrongRequest(String name, byte[] bytes, int status, String part, Then then, Needs needs) {

  /** What becomes of the connection. */
  enum Then {
    /** The next request on it is answered. */
    USABLE,
    /** The server closes it. */
    CLOSED
  }

  /** What has to be behind the edge. */
  enum Needs {
    ANY_SERVICE,
    /** The rules of MCP: a whole node. */
    MCP
  }

  static final String HOST = "Host: localhost\r\n";
  static final String JSON = "Content-Type: application/json\r\n";
  static final String ACCEPT = "Accept: application/json, text/event-stream\r\n";
  static final String INITIALIZE =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":"
          + "\"2025-06-18\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}";

  static WrongRequest of(String name, String text, int status, String part) {
    return of(name, bytes(text), status, part);
  }

  static WrongRequest of(String name, byte[] bytes, int status, String part) {
    return new WrongRequest(name, bytes, status, part, Then.USABLE, Needs.ANY_SERVICE);
  }

  /** A request with a body, its length added. */
  static WrongRequest of(
      String name, String line, String headers, String body, int status, String part) {
    return of(name, request(line, headers, body), status, part);
  }

  /** A POST that is right but for its body. */
  static WrongRequest body(String name, String body, int status, String part) {
    return body(name, bytes(body), status, part);
  }

  static WrongRequest body(String name, byte[] body, int status, String part) {
    byte[] head =
        bytes(
            "POST /mcp HTTP/1.1\r\n"
                + HOST
                + JSON
                + ACCEPT
                + "Content-Length: "
                + body.length
                + "\r\n\r\n");
    return of(name, join(head, body), status, part).withMcp();
  }

  /** A POST that is right but for these headers. */
  static WrongRequest headers(String name, String headers, int status, String part) {
    return of(name, "POST /mcp HTTP/1.1", headers, INITIALIZE, status, part);
  }

  static String request(String line, String headers, String body) {
    return line
        + "\r\n"
        + headers
        + "Content-Length: "
        + body.getBytes(StandardCharsets.ISO_8859_1).length
        + "\r\n\r\n"
        + body;
  }

  WrongRequest closing() {
    return new WrongRequest(name, bytes, status, part, Then.CLOSED, needs);
  }

  WrongRequest withMcp() {
    return new WrongRequest(name, bytes, status, part, then, Needs.MCP);
  }

  /** Whether its path is one of the operators'. */
  boolean isOfOperators() {
    return new String(bytes, 0, Math.min(bytes.length, 40), StandardCharsets.ISO_8859_1)
        .matches("(?s)[A-Z]+ /(cluster|health|metrics|dashboard).*");
  }

  /** Whether its path is one of the MCP clients'. */
  boolean isOfClients() {
    return new String(bytes, 0, Math.min(bytes.length, 40), StandardCharsets.ISO_8859_1)
        .matches("(?s)[A-Za-z]+ /mcp(/ws)?[ ?].*");
  }

  /** Whether an operator asked for something to be done with the live session. */
  boolean isAboutTheSession() {
    return new String(bytes, StandardCharsets.ISO_8859_1).contains("/cluster/sessions/{session}");
  }

  /** Whether it needs the live session for anything. */
  boolean namesTheSession() {
    return new String(bytes, StandardCharsets.ISO_8859_1).contains("{session}");
  }

  byte[] in(String session) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    return text.contains("{session}") ? bytes(text.replace("{session}", session)) : bytes;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    List.of(parts).forEach(all::writeBytes);
    return all.toByteArray();
  }

  @Override
  public String toString() {
    return name + " → " + status;
  }
}
