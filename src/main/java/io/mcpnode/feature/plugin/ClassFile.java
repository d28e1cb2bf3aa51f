package io.mcpnode.feature.plugin;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * What a class file says of itself, read without loading it (Java Virtual Machine Specification,
 * chapter 4).
 *
 * @param major version of the format
 * @param name binary name
 * @param methodAnnotations binary names of the annotations on its methods
 */
record ClassFile(int major, String name, Set<String> methodAnnotations) {

  private static final int MAGIC = 0xCAFEBABE;

  static ClassFile read(byte[] bytes) throws IOException {
    return new Reader(new DataInputStream(new ByteArrayInputStream(bytes))).read();
  }

  /** One pass over the file. */
  private static final class Reader {

    private final DataInputStream in;
    private String[] texts = {};
    private int[] classes = {};
    private final Set<String> found = new HashSet<>();

    Reader(DataInputStream in) {
      this.in = in;
    }

    ClassFile read() throws IOException {
      if (in.readInt() != MAGIC) {
        throw new IOException("not a class file");
      }
      in.readUnsignedShort();
      int major = in.readUnsignedShort();
      readConstants();
      in.readUnsignedShort();
      String name = texts[classes[in.readUnsignedShort()]].replace('/', '.');
      in.readUnsignedShort();
      in.skipNBytes(2L * in.readUnsignedShort());
      readMembers(false);
      readMembers(true);
      return new ClassFile(major, name, Set.copyOf(found));
    }

    private void readConstants() throws IOException {
      int count = in.readUnsignedShort();
      texts = new String[count];
      classes = new int[count];
      for (int i = 1; i < count; i++) {
        int tag = in.readUnsignedByte();
        switch (tag) {
          case 1 -> texts[i] = in.readUTF();
          case 7 -> classes[i] = in.readUnsignedShort();
          case 8, 16, 19, 20 -> in.skipNBytes(2);
          case 15 -> in.skipNBytes(3);
          case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
          case 5, 6 -> {
            in.skipNBytes(8);
            i++; // long and double take two entries
          }
          default -> throw new IOException("constant of kind " + tag);
        }
      }
    }

    private void readMembers(boolean methods) throws IOException {
      int count = in.readUnsignedShort();
      for (int i = 0; i < count; i++) {
        in.skipNBytes(6);
        int attributes = in.readUnsignedShort();
        for (int a = 0; a < attributes; a++) {
          String name = texts[in.readUnsignedShort()];
          long length = Integer.toUnsignedLong(in.readInt());
          if (methods && "RuntimeVisibleAnnotations".equals(name)) {
            int annotations = in.readUnsignedShort();
            for (int n = 0; n < annotations; n++) {
              found.add(readAnnotation());
            }
          } else {
            in.skipNBytes(length);
          }
        }
      }
    }

    private String readAnnotation() throws IOException {
      String descriptor = texts[in.readUnsignedShort()];
      int pairs = in.readUnsignedShort();
      for (int p = 0; p < pairs; p++) {
        in.readUnsignedShort();
        skipValue();
      }
      return descriptor.substring(1, descriptor.length() - 1).replace('/', '.');
    }

    private void skipValue() throws IOException {
      switch (in.readUnsignedByte()) {
        case 'e' -> in.skipNBytes(4);
        case '@' -> readAnnotation();
        case '[' -> {
          int values = in.readUnsignedShort();
          for (int v = 0; v < values; v++) {
            skipValue();
          }
        }
        default -> in.skipNBytes(2);
      }
    }
  }
}
