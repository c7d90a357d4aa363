package tripod.syntax;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A media type with its parameters, as in {@code Content-Type}; also a range of {@code Accept}.
 *
 * <p>Type, subtype and the names of parameters are in lower case; values of parameters keep theirs.
 * Two are equal when all parameters are, in whatever order they were written.
 *
 * @param type for example {@code text}
 * @param subtype for example {@code turtle}
 * @param parameters by name, unquoted and in no way interpreted; copied, and cannot be changed
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-8.3.1">RFC 9110, section 8.3.1</a>
 */
public record MediaType(String type, String subtype, SortedMap<String, String> parameters) {
  /** The longest text that is read, in characters. */
  public static final int MAX_CHARS = 1024;

  /** RDF as people write it. */
  public static final MediaType TURTLE = of("text", "turtle");

  /** RDF as JSON. */
  public static final MediaType JSON_LD = of("application", "ld+json");

  /** ActivityStreams 2.0. */
  public static final MediaType ACTIVITY_JSON = of("application", "activity+json");

  /** A block of the AT Protocol. */
  public static final MediaType DAG_CBOR = of("application", "vnd.ipld.dag-cbor");

  /** JSON. */
  public static final MediaType JSON = of("application", "json");

  /** Bytes of which nothing is known. */
  public static final MediaType OCTET_STREAM = of("application", "octet-stream");

  /** A page. */
  public static final MediaType HTML = of("text", "html");

  /** Notation3, in which Solid writes patches. */
  public static final MediaType N3 = of("text", "n3");

  private static final String KIND = "media type";

  /**
   * Checks the parts and lower-cases what has no case.
   *
   * @throws SyntaxException when a name is not a token, or a value has a control character or one
   *     above U+00FF
   */
  public MediaType {
    type = token(type);
    subtype = token(subtype);
    var copy = new TreeMap<String, String>();
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      if (!isQuotable(parameter.getValue())) {
        throw new SyntaxException("value of a media type's parameter", parameter.getValue());
      }
      copy.putIfAbsent(token(parameter.getKey()), parameter.getValue());
    }
    parameters = Collections.unmodifiableSortedMap(copy);
  }

  private static MediaType of(String type, String subtype) {
    return new MediaType(type, subtype, Collections.emptySortedMap());
  }

  private static String token(String text) {
    if (!isToken(text, 0, text.length())) {
      throw new SyntaxException("token of a media type", text);
    }
    return Ascii.lower(text);
  }

  /**
   * Reads the value of a {@code Content-Type} field, or one range of an {@code Accept} field.
   *
   * <p>Of two parameters with one name the first counts. Spaces and tabs at either end are no part
   * of it.
   *
   * @param text at most {@value #MAX_CHARS} characters
   * @return the media type
   * @throws SyntaxException when the text is not a media type
   */
  public static MediaType parse(String text) {
    if (text.length() > MAX_CHARS) {
      throw new SyntaxException(KIND, text);
    }
    int end = text.length();
    while (end > 0 && isSpace(text.charAt(end - 1))) {
      end--;
    }
    int start = skipSpace(text, 0, end);
    int slash = tokenEnd(text, start, end);
    int subtypeEnd =
        slash < end && text.charAt(slash) == '/' ? tokenEnd(text, slash + 1, end) : end;
    if (slash == start || slash >= end || text.charAt(slash) != '/' || subtypeEnd == slash + 1) {
      throw new SyntaxException(KIND, text);
    }
    return new MediaType(
        text.substring(start, slash),
        text.substring(slash + 1, subtypeEnd),
        parameters(text, subtypeEnd, end));
  }

  /** RFC 9110, section 5.6.6: {@code *( OWS ";" OWS [ token "=" ( token / quoted-string ) ] )}. */
  private static SortedMap<String, String> parameters(String text, int from, int end) {
    var parameters = new TreeMap<String, String>();
    int i = from;
    while (i < end) {
      i = skipSpace(text, i, end);
      if (i == end || text.charAt(i) != ';') {
        throw new SyntaxException(KIND, text);
      }
      int name = skipSpace(text, i + 1, end);
      int equals = tokenEnd(text, name, end);
      if (equals == name) {
        i = name;
        continue;
      }
      if (equals + 1 >= end || text.charAt(equals) != '=') {
        throw new SyntaxException(KIND, text);
      }
      var value = new StringBuilder();
      i =
          text.charAt(equals + 1) == '"'
              ? quoted(text, equals + 2, end, value)
              : plain(text, equals + 1, end, value);
      parameters.putIfAbsent(Ascii.lower(text.substring(name, equals)), value.toString());
    }
    return parameters;
  }

  private static int plain(String text, int from, int end, StringBuilder value) {
    int to = tokenEnd(text, from, end);
    if (to == from) {
      throw new SyntaxException(KIND, text);
    }
    value.append(text, from, to);
    return to;
  }

  /** Reads from behind the first quotation mark, and returns the index behind the last. */
  private static int quoted(String text, int from, int end, StringBuilder value) {
    for (int i = from; i < end; i++) {
      char c = text.charAt(i);
      if (c == '"') {
        return i + 1;
      }
      if (c == '\\' && i + 1 < end) {
        i++;
        c = text.charAt(i);
      }
      if (!isQuotable(c)) {
        break;
      }
      value.append(c);
    }
    throw new SyntaxException(KIND, text);
  }

  private static int skipSpace(String text, int from, int end) {
    int i = from;
    while (i < end && isSpace(text.charAt(i))) {
      i++;
    }
    return i;
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }

  private static int tokenEnd(String text, int from, int end) {
    int i = from;
    while (i < end && isTokenChar(text.charAt(i))) {
      i++;
    }
    return i;
  }

  private static boolean isToken(String text, int from, int end) {
    return end > from && tokenEnd(text, from, end) == end;
  }

  /** RFC 9110, section 5.6.2: {@code tchar}. */
  private static boolean isTokenChar(char c) {
    return switch (c) {
      case '!', '#', '$', '%', '&', '\'', '*', '+', '-', '.', '^', '_', '`', '|', '~' -> true;
      default -> Ascii.isLetterOrDigit(c);
    };
  }

  private static boolean isQuotable(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (!isQuotable(value.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** RFC 9110, section 5.6.4: tab, space, visible ASCII, and obs-text read as ISO-8859-1. */
  private static boolean isQuotable(char c) {
    return c == '\t' || (c >= ' ' && c < 0x7f) || (c >= 0x80 && c <= 0xff);
  }

  /**
   * Gives type and subtype without parameters.
   *
   * @return for example {@code text/turtle}, in lower case
   */
  public String essence() {
    return type + "/" + subtype;
  }

  /**
   * Tells whether type and subtype are these, whatever the parameters.
   *
   * @param essence for example {@code text/turtle}, in either case
   * @return whether it equals {@link #essence()}
   */
  public boolean is(String essence) {
    int slash = type.length();
    return essence.length() == slash + 1 + subtype.length()
        && essence.charAt(slash) == '/'
        && type.regionMatches(true, 0, essence, 0, slash)
        && subtype.regionMatches(true, 0, essence, slash + 1, subtype.length());
  }

  /**
   * Tells whether type and subtype are those of another, whatever the parameters of either.
   *
   * @param other for example {@link #TURTLE}
   * @return whether both have the same {@link #essence()}
   */
  public boolean is(MediaType other) {
    return type.equals(other.type) && subtype.equals(other.subtype);
  }

  /**
   * Gives the value of a parameter.
   *
   * @param name for example {@code charset}, in either case
   * @return the value without quotation marks, in the case it was written in
   */
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(Ascii.lower(name)));
  }

  /**
   * Gives the text for a header field.
   *
   * @return essence and parameters in the order of their names, for example {@code
   *     application/ld+json; profile="https://www.w3.org/ns/activitystreams"}; quoted where it must
   *     be
   */
  @Override
  public String toString() {
    if (parameters.isEmpty()) {
      return essence();
    }
    var text = new StringBuilder(essence());
    parameters.forEach(
        (name, value) -> {
          text.append("; ").append(name).append('=');
          if (isToken(value, 0, value.length())) {
            text.append(value);
          } else {
            appendQuoted(text, value);
          }
        });
    return text.toString();
  }

  private static void appendQuoted(StringBuilder text, String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\');
      }
      text.append(c);
    }
    text.append('"');
  }
}
