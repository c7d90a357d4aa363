package tripod.server.crossing;

import tripod.server.bench.LabDoor;

class ActivityPubToAtprotoTest extends CrossingContract {
  ActivityPubToAtprotoTest() {
    super(LabDoor.ACTIVITYPUB, LabDoor.ATPROTO);
  }
}
