package tripod.server.crossing;

import tripod.server.bench.LabDoor;

class SolidToActivityPubTest extends CrossingContract {
  SolidToActivityPubTest() {
    super(LabDoor.SOLID, LabDoor.ACTIVITYPUB);
  }
}
