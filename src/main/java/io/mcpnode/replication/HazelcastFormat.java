package io.mcpnode.replication;

import com.hazelcast.config.Config;
import com.hazelcast.config.SerializerConfig;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.StreamSerializer;
import io.mcpnode.replication.Verdict.Outcome;
import io.mcpnode.state.Kind;
import io.mcpnode.wire.NodeId;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The bytes of what the store keeps and of what it sends between its nodes. */
final class HazelcastFormat {

  private static final int STORED = 1;
  private static final int VERDICT = 2;
  private static final int MUTATE = 3;
  private static final int SET = 4;
  private static final int TOUCH = 5;
  private static final int PAGE = 6;
  private static final int OF_PRINCIPAL = 7;

  private HazelcastFormat() {}

  static void register(Config config) {
    register(config, STORED, Stored.class, HazelcastFormat::write, HazelcastFormat::readStored);
    register(config, VERDICT, Verdict.class, HazelcastFormat::write, HazelcastFormat::readVerdict);
    register(
        config,
        MUTATE,
        Processors.Mutate.class,
        (out, processor) -> write(out, processor.mutation()),
        in -> new Processors.Mutate(readMutation(in)));
    register(
        config,
        SET,
        Processors.Set.class,
        (out, processor) -> write(out, processor.value()),
        in -> new Processors.Set(readStored(in)));
    register(
        config, TOUCH, Processors.TouchMany.class, HazelcastFormat::write, HazelcastFormat::touch);
    register(
        config,
        PAGE,
        OwnerPredicate.class,
        (out, predicate) -> {
          out.writeString(predicate.owner());
          out.writeString(predicate.after());
        },
        in -> new OwnerPredicate(in.readString(), text(in)));
    register(
        config,
        OF_PRINCIPAL,
        PrincipalPredicate.class,
        (out, predicate) -> {
          out.writeByte(predicate.kind().code());
          out.writeString(predicate.principal());
          out.writeString(predicate.after());
        },
        in -> new PrincipalPredicate(Kind.ofCode(in.readByte()), text(in), text(in)));
  }

  private interface Writer<T> {
    void write(ObjectDataOutput out, T value) throws IOException;
  }

  private interface Reader<T> {
    T read(ObjectDataInput in) throws IOException;
  }

  private static <T> void register(
      Config config, int id, Class<T> type, Writer<T> writer, Reader<T> reader) {
    StreamSerializer<T> serializer =
        new StreamSerializer<>() {
          @Override
          public int getTypeId() {
            return id;
          }

          @Override
          public void write(ObjectDataOutput out, T value) throws IOException {
            writer.write(out, value);
          }

          @Override
          public T read(ObjectDataInput in) throws IOException {
            return reader.read(in);
          }
        };
    config
        .getSerializationConfig()
        .addSerializerConfig(
            new SerializerConfig().setTypeClass(type).setImplementation(serializer));
  }

  private static void write(ObjectDataOutput out, Stored stored) throws IOException {
    out.writeByte(stored.kind().code());
    write(out, stored.owner());
    out.writeLong(stored.epoch());
    out.writeLong(stored.version());
    out.writeLong(stored.operation());
    out.writeBoolean(stored.ended());
    out.writeString(stored.principal());
    out.writeLong(stored.createdAt());
    out.writeLong(stored.lastAccess());
    out.writeLong(stored.expiresAt());
    write(out, stored.backups());
    out.writeByteArray(stored.contents().getBytes());
  }

  private static Stored readStored(ObjectDataInput in) throws IOException {
    return new Stored(
        Kind.ofCode(in.readByte()),
        readNode(in),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readBoolean(),
        text(in),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        readNames(in),
        bytes(in));
  }

  private static void write(ObjectDataOutput out, Verdict verdict) throws IOException {
    out.writeByte(verdict.outcome().code());
    Stored stored = verdict.stored();
    out.writeBoolean(stored != null);
    if (stored != null) {
      write(out, stored);
    }
  }

  private static Verdict readVerdict(ObjectDataInput in) throws IOException {
    Outcome outcome = Outcome.ofCode(in.readByte());
    return new Verdict(outcome, in.readBoolean() ? readStored(in) : null);
  }

  private static void write(ObjectDataOutput out, Mutation mutation) throws IOException {
    if (mutation instanceof Mutation.Create create) {
      out.writeByte('C');
      write(out, create.stored());
    } else if (mutation instanceof Mutation.Recreate recreate) {
      out.writeByte('N');
      write(out, recreate.stored());
    } else if (mutation instanceof Mutation.Write write) {
      out.writeByte('W');
      out.writeLong(write.epoch());
      out.writeLong(write.version());
      out.writeByteArray(write.contents().getBytes());
      out.writeLong(write.now());
      out.writeLong(write.operation());
    } else if (mutation instanceof Mutation.Restore restore) {
      out.writeByte('R');
      write(out, restore.stored());
    } else if (mutation instanceof Mutation.Claim claim) {
      out.writeByte('O');
      out.writeLong(claim.epoch());
      write(out, claim.owner());
      write(out, claim.backups());
      out.writeLong(claim.operation());
    } else if (mutation instanceof Mutation.End end) {
      out.writeByte('E');
      out.writeLong(end.epoch());
      out.writeLong(end.idleSince());
      out.writeLong(end.operation());
    } else if (mutation instanceof Mutation.Touch touch) {
      out.writeByte('T');
      out.writeLong(touch.epoch());
      out.writeLong(touch.now());
    } else if (mutation instanceof Mutation.Use use) {
      out.writeByte('U');
      out.writeLong(use.operation());
      out.writeLong(use.now());
    } else {
      out.writeByte('K');
    }
  }

  private static Mutation readMutation(ObjectDataInput in) throws IOException {
    byte tag = in.readByte();
    return switch (tag) {
      case 'C' -> new Mutation.Create(readStored(in));
      case 'N' -> new Mutation.Recreate(readStored(in));
      case 'W' ->
          new Mutation.Write(in.readLong(), in.readLong(), bytes(in), in.readLong(), in.readLong());
      case 'R' -> new Mutation.Restore(readStored(in));
      case 'O' -> new Mutation.Claim(in.readLong(), readNode(in), readNames(in), in.readLong());
      case 'E' -> new Mutation.End(in.readLong(), in.readLong(), in.readLong());
      case 'T' -> new Mutation.Touch(in.readLong(), in.readLong());
      case 'U' -> new Mutation.Use(in.readLong(), in.readLong());
      case 'K' -> new Mutation.Confirm();
      default ->
          throw new IOException("mutation: " + tag + " (expected: one of C N W R O E T U K)");
    };
  }

  private static void write(ObjectDataOutput out, Processors.TouchMany many) throws IOException {
    out.writeInt(many.touches().size());
    for (Map.Entry<String, Mutation.Touch> entry : many.touches().entrySet()) {
      out.writeString(entry.getKey());
      out.writeLong(entry.getValue().epoch());
      out.writeLong(entry.getValue().now());
    }
  }

  private static Processors.TouchMany touch(ObjectDataInput in) throws IOException {
    Map<String, Mutation.Touch> touches = new HashMap<>();
    for (int i = in.readInt(); i > 0; i--) {
      touches.put(text(in), new Mutation.Touch(in.readLong(), in.readLong()));
    }
    return new Processors.TouchMany(touches);
  }

  private static void write(ObjectDataOutput out, NodeId node) throws IOException {
    out.writeString(node.name());
    out.writeLong(node.incarnation());
  }

  private static NodeId readNode(ObjectDataInput in) throws IOException {
    return new NodeId(text(in), in.readLong());
  }

  private static void write(ObjectDataOutput out, List<String> names) throws IOException {
    out.writeInt(names.size());
    for (String name : names) {
      out.writeString(name);
    }
  }

  private static List<String> readNames(ObjectDataInput in) throws IOException {
    List<String> names = new ArrayList<>();
    for (int i = in.readInt(); i > 0; i--) {
      names.add(text(in));
    }
    return names;
  }

  private static String text(ObjectDataInput in) throws IOException {
    return present(in.readString());
  }

  private static Buffer bytes(ObjectDataInput in) throws IOException {
    return Buffer.buffer(present(in.readByteArray()));
  }

  private static <T> T present(@Nullable T value) throws IOException {
    if (value == null) {
      throw new IOException("a field is missing");
    }
    return value;
  }
}
