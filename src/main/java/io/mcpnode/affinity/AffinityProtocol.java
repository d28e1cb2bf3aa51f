package io.mcpnode.affinity;

import io.mcpnode.wire.Contract;
import io.mcpnode.wire.NodeId;
import io.mcpnode.wire.WireMessage;
import java.util.List;

/** What nodes say to each other about where state lives. Frozen with a release; a change is V2. */
public interface AffinityProtocol {

  Contract V1 =
      Contract.of(
          "affinity",
          1,
          Adopt.class,
          Move.class,
          SetDrain.class,
          Adopted.class,
          Moved.class,
          DrainState.class,
          AskBalance.class,
          Give.class,
          Portion.class,
          Balance.class);

  /** What arrives; a new request does not compile until it is handled. */
  sealed interface Request extends WireMessage permits Adopt, Move, SetDrain, AskBalance, Give {
    <R> R on(Handler<R> handler);
  }

  /** One method per request. */
  interface Handler<R> {
    R adopt(Adopt message);

    R move(Move message);

    R setDrain(SetDrain message);

    R askBalance(AskBalance message);

    R give(Give message);
  }

  /** The receiver has become the owner of these keys. Answered by {@link Adopted}. */
  record Adopt(List<String> keys) implements Request {
    @Override
    public <R> R on(Handler<R> handler) {
      return handler.adopt(this);
    }
  }

  /**
   * Asks the owner to move a record. Answered by {@link Moved}, or fails with exactly one owner
   * left.
   */
  record Move(String key, String target, List<String> backups) implements Request {
    @Override
    public <R> R on(Handler<R> handler) {
      return handler.move(this);
    }
  }

  /**
   * Starts or undoes a drain of the receiver, or only asks how it goes. Answered by {@link
   * DrainState}.
   */
  record SetDrain(boolean on) implements Request {
    @Override
    public <R> R on(Handler<R> handler) {
      return handler.setDrain(this);
    }
  }

  /** Asks how much the receiver owns, and how its giving goes. Answered by {@link Balance}. */
  record AskBalance() implements Request {
    @Override
    public <R> R on(Handler<R> handler) {
      return handler.askBalance(this);
    }
  }

  /**
   * The receiver shall give some of what it owns to others. Answered by {@link Balance} at once;
   * fails with OVERLOADED while it gives already.
   */
  record Give(List<Portion> portions) implements Request {
    @Override
    public <R> R on(Handler<R> handler) {
      return handler.give(this);
    }
  }

  /** A part of a {@link Give}. */
  record Portion(String target, long records) implements WireMessage {}

  /** How many of the keys the node now serves. */
  record Adopted(int count) implements WireMessage {}

  /** Who owns the record after a move. */
  record Moved(NodeId owner, long epoch) implements WireMessage {}

  /**
   * What a node owns.
   *
   * @param moving it gives records to others now
   * @param moved by the last giving
   * @param remaining of the last giving
   */
  record Balance(long records, boolean moving, long moved, long remaining) implements WireMessage {}

  /** How far a drain is. */
  record DrainState(String state, long moved, long remaining) implements WireMessage {}
}
