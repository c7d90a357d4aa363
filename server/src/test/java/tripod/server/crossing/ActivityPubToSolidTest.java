package tripod.server.crossing;

import tripod.server.bench.LabDoor;

class ActivityPubToSolidTest extends CrossingContract {
  ActivityPubToSolidTest() {
    super(LabDoor.ACTIVITYPUB, LabDoor.SOLID);
  }
}
