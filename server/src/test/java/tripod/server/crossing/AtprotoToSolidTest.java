package tripod.server.crossing;

import tripod.server.bench.LabDoor;

class AtprotoToSolidTest extends CrossingContract {
  AtprotoToSolidTest() {
    super(LabDoor.ATPROTO, LabDoor.SOLID);
  }
}
