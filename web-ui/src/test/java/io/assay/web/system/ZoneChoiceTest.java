package io.assay.web.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.web.access.Role;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ZoneChoiceTest {
  private final BrowsingClient reader = Installation.shared().member(Role.VIEWER);

  @BeforeEach
  void open() {
    reader.get("/p/default");
  }

  @Test
  void timesAreReadInTheZoneThatIsChosen() {
    reader.post("/zone", Map.of("zone", " Europe/Berlin "));
    assertThat(reader.get("/p/default").body()).contains("value=\"Europe/Berlin\"");
  }

  @Test
  void ofAnUnknownZoneThePageSaysWhatToWriteAndKeepsTheOldOne() {
    String here = Installation.shared().web().address() + "/p/default";
    reader.send("POST", "/zone?zone=Nowhere%2F%3CLand%3E", Map.of("Referer", here), "");
    assertThat(reader.get("/p/default").body())
        .contains(
            "There is no zone Nowhere/&lt;Land&gt;. Write a name such as Europe/Berlin, or UTC.",
            "value=\"Nowhere/&lt;Land&gt;\"");
    assertThat(reader.get("/p/default").body())
        .contains("value=\"UTC\"")
        .doesNotContain("There is no zone");
  }
}
