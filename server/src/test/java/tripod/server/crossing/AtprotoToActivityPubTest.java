package tripod.server.crossing;

import tripod.server.bench.LabDoor;

class AtprotoToActivityPubTest extends CrossingContract {
  AtprotoToActivityPubTest() {
    super(LabDoor.ATPROTO, LabDoor.ACTIVITYPUB);
  }
}
