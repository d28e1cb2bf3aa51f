package io.mcpnode.server;

import io.mcpnode.affinity.Affinity;
import io.mcpnode.affinity.Hosted;
import io.mcpnode.affinity.Reply;
import io.mcpnode.affinity.Request;
import io.mcpnode.state.Contents;
import io.mcpnode.state.Kind;
import io.mcpnode.state.StateRecord;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.NodeId;
import io.mcpnode.wire.WireException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Affinity in memory, on the thread of the test: every record is owned by one node, which is this
 * one unless told otherwise. Copies are there at once, unless they are held or fail.
 */
final class FakeAffinity implements Affinity {

  private final NodeId self;
  private final Map<String, FakeHosted> records = new HashMap<>();
  private final List<Promise<Void>> held = new ArrayList<>();
  private int keys;
  private boolean holding;
  private Failure copyFailure;
  private Failure createFailure;
  private Failure dispatchFailure;
  private RuntimeException thrownByDispatch;
  private boolean throwsAtNewKey;
  private Executor owner;
  private boolean hidden;
  private Executor local;
  final Set<NodeId> gone = new HashSet<>();

  /** A change that would make a record larger is refused. */
  int maxBytes = Integer.MAX_VALUE;

  final List<Request> dispatched = new ArrayList<>();

  FakeAffinity(String node) {
    self = new NodeId(node, 1);
  }

  /** From now on everything is owned by a node elsewhere, which has this executor. */
  FakeAffinity ownedElsewhere(Executor executor) {
    owner = executor;
    return this;
  }

  /** Nothing can be entered here any more. */
  void hideAll() {
    hidden = true;
  }

  /** Executes what is dispatched to records owned here; else they are not found by dispatch. */
  void executeWith(Executor executor) {
    local = executor;
  }

  void failDispatch(Failure failure) {
    dispatchFailure = failure;
  }

  void throwAtDispatch(RuntimeException thrown) {
    thrownByDispatch = thrown;
  }

  /** Once. */
  void throwAtNewKey() {
    throwsAtNewKey = true;
  }

  void failCreate(Failure failure) {
    createFailure = failure;
  }

  void failCopies(Failure failure) {
    copyFailure = failure;
  }

  /** Copies and creations complete only with {@link #release}. */
  void holdCopies() {
    holding = true;
  }

  void release() {
    holding = false;
    List.copyOf(held).forEach(Promise::tryComplete);
    held.clear();
  }

  /** What is held back fails. */
  void failHeld(Failure failure) {
    holding = false;
    List.copyOf(held).forEach(each -> each.tryFail(new WireException(failure, "told to")));
    held.clear();
  }

  List<String> keys(Kind kind) {
    return records.values().stream()
        .map(FakeHosted::record)
        .filter(record -> record.kind() == kind)
        .map(StateRecord::key)
        .toList();
  }

  FakeHosted hosted(String key) {
    return records.get(key);
  }

  @Override
  public Hosted enter(String key) {
    FakeHosted hosted = owner == null && !hidden ? records.get(key) : null;
    if (hosted != null) {
      hosted.inside++;
    }
    return hosted;
  }

  @Override
  public String newKey(Kind kind) {
    if (throwsAtNewKey) {
      throwsAtNewKey = false;
      throw new IllegalStateException("told to");
    }
    String name = kind.name().toLowerCase(Locale.ROOT) + "-" + ++keys;
    return kind == Kind.TASK ? "T" + name : name;
  }

  @Override
  public Future<Hosted> create(String key, Kind kind, String principal, Contents contents) {
    if (createFailure != null) {
      return failed(createFailure);
    }
    FakeHosted hosted =
        new FakeHosted(
            new StateRecord(key, kind, self, 1, 1, principal, 0, 0, 0, List.of(), contents));
    return whenCopied()
        .map(
            done -> {
              records.put(key, hosted);
              return hosted;
            });
  }

  @Override
  public Future<Void> end(Hosted hosted) {
    records.remove(hosted.record().key());
    return Future.succeededFuture();
  }

  @Override
  public Future<List<StateRecord>> list(Kind kind, String principal, String after, int limit) {
    return Future.succeededFuture(
        records.values().stream()
            .map(FakeHosted::record)
            .filter(record -> record.kind() == kind && record.principal().equals(principal))
            .filter(record -> record.key().compareTo(after) > 0)
            .sorted(Comparator.comparing(StateRecord::key))
            .limit(limit)
            .toList());
  }

  @Override
  public boolean isGone(NodeId node) {
    return gone.contains(node);
  }

  @Override
  public NodeId self() {
    return self;
  }

  @Override
  public void dispatch(String key, Request request, Reply reply) {
    if (thrownByDispatch != null) {
      throw thrownByDispatch;
    }
    dispatched.add(request);
    FakeHosted here = records.get(key);
    if (dispatchFailure != null) {
      reply.fail(new WireException(dispatchFailure, "told to"));
    } else if (owner == null && local != null && here != null) {
      local.execute(here, request, reply);
    } else if (owner == null || records.get(key) == null) {
      reply.fail(new WireException(Failure.NOT_FOUND, key));
    } else {
      owner.execute(records.get(key), request, reply);
    }
  }

  private Future<Void> whenCopied() {
    if (copyFailure != null) {
      return failed(copyFailure);
    }
    if (!holding) {
      return Future.succeededFuture();
    }
    Promise<Void> promise = Promise.promise();
    held.add(promise);
    return promise.future();
  }

  private static <T> Future<T> failed(Failure failure) {
    return Future.failedFuture(new WireException(failure, "told to"));
  }

  /** A record of this fake. */
  final class FakeHosted implements Hosted {
    private final Map<Class<?>, Object> attachments = new HashMap<>();
    private StateRecord record;
    private final List<Consumer<WireException>> lossListeners = new ArrayList<>();
    private Failure changeFailure;
    int inside;
    final List<Long> awaited = new ArrayList<>();

    FakeHosted(StateRecord record) {
      this.record = record;
    }

    void failChanges(Failure failure) {
      changeFailure = failure;
    }

    @Override
    public StateRecord record() {
      return record;
    }

    @Override
    public StateRecord change(UnaryOperator<Contents> change) {
      if (changeFailure != null) {
        throw new WireException(changeFailure, "told to");
      }
      Contents after = change.apply(record.contents());
      if (after.size() > maxBytes) {
        throw new WireException(Failure.OVERLOADED, after.size() + " bytes");
      }
      record = record.changed(after, 0);
      return record;
    }

    @Override
    public Future<Void> copied(long version) {
      awaited.add(version);
      return whenCopied();
    }

    @Override
    public void onLost(Consumer<WireException> listener) {
      lossListeners.add(listener);
    }

    /** It is owned elsewhere from now on. */
    void lose(Failure reason) {
      attachments.clear();
      List.copyOf(lossListeners).forEach(each -> each.accept(new WireException(reason, "told to")));
      lossListeners.clear();
    }

    /** Another node owns it from now on. */
    void lose() {
      records.remove(record.key());
      lose(Failure.STALE_EPOCH);
    }

    /** Claimed by this node after the one before was lost. */
    void claimed() {
      lose(Failure.STALE_EPOCH);
      record = record.ownedBy(record.owner(), List.of(), 0);
    }

    @Override
    public void leave() {
      inside--;
    }

    @Override
    public <A> A attachment(Class<A> type, Supplier<A> create) {
      return type.cast(attachments.computeIfAbsent(type, t -> create.get()));
    }

    @Override
    public <A> A attached(Class<A> type) {
      return type.cast(attachments.get(type));
    }
  }
}
