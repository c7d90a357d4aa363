package tripod.podstore.social;

/** Whether an event takes place, in the words of iCalendar and in those of records (EVT-1). */
public final class EventStatus {
  private EventStatus() {}

  /** Returns the iCalendar word for a token; a token that it has no word for stays as it is. */
  public static String ical(String token) {
    return switch (token) {
      case "scheduled" -> "CONFIRMED";
      case "planned" -> "TENTATIVE";
      case "cancelled" -> "CANCELLED";
      default -> token;
    };
  }

  /** Returns the token for an iCalendar word. */
  public static String token(String ical) {
    return switch (ical) {
      case "CONFIRMED" -> "scheduled";
      case "TENTATIVE" -> "planned";
      case "CANCELLED" -> "cancelled";
      default -> ical;
    };
  }
}
