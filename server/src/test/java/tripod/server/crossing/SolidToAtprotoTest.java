package tripod.server.crossing;

import tripod.server.bench.LabDoor;

class SolidToAtprotoTest extends CrossingContract {
  SolidToAtprotoTest() {
    super(LabDoor.SOLID, LabDoor.ATPROTO);
  }
}
