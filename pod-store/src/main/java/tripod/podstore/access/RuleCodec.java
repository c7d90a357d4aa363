package tripod.podstore.access;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tripod.syntax.AccessMode;
import tripod.syntax.AccessRule;

/** Rules as bytes of a partition. */
final class RuleCodec {
  private static final int VERSION = 1;
  private static final int EVERYONE = 0x10;
  private static final int AUTHENTICATED = 0x20;
  private static final int ON_TARGET = 0x40;
  private static final int ON_MEMBERS = 0x80;

  private RuleCodec() {}

  static byte[] encode(List<AccessRule> rules) {
    var bytes = new ByteArrayOutputStream(128);
    try (var out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeInt(rules.size());
      for (AccessRule rule : rules) {
        out.writeByte(bits(rule));
        write(out, rule.agents());
        write(out, rule.groups());
        write(out, rule.origins());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static int bits(AccessRule rule) {
    int bits =
        (rule.everyone() ? EVERYONE : 0)
            | (rule.authenticated() ? AUTHENTICATED : 0)
            | (rule.onTarget() ? ON_TARGET : 0)
            | (rule.onMembers() ? ON_MEMBERS : 0);
    for (AccessMode mode : rule.modes()) {
      bits |= bit(mode);
    }
    return bits;
  }

  private static int bit(AccessMode mode) {
    return switch (mode) {
      case READ -> 1;
      case APPEND -> 2;
      case WRITE -> 4;
      case CONTROL -> 8;
    };
  }

  private static void write(DataOutputStream out, Set<String> values) throws IOException {
    out.writeShort(values.size());
    for (String value : values) {
      out.writeUTF(value);
    }
  }

  static List<AccessRule> decode(byte[] bytes) {
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readByte();
      if (version != VERSION) {
        throw new IllegalStateException("access rules of version " + version);
      }
      int count = in.readInt();
      var rules = new ArrayList<AccessRule>();
      for (int i = 0; i < count; i++) {
        int bits = in.readUnsignedByte();
        var modes = EnumSet.noneOf(AccessMode.class);
        for (AccessMode mode : AccessMode.values()) {
          if ((bits & bit(mode)) != 0) {
            modes.add(mode);
          }
        }
        Set<String> agents = read(in);
        Set<String> groups = read(in);
        Set<String> origins = read(in);
        rules.add(
            new AccessRule(
                modes,
                agents,
                groups,
                (bits & EVERYONE) != 0,
                (bits & AUTHENTICATED) != 0,
                origins,
                (bits & ON_TARGET) != 0,
                (bits & ON_MEMBERS) != 0));
      }
      return rules;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> read(DataInputStream in) throws IOException {
    int count = in.readUnsignedShort();
    var values = new HashSet<String>();
    for (int i = 0; i < count; i++) {
      values.add(in.readUTF());
    }
    return values;
  }
}
