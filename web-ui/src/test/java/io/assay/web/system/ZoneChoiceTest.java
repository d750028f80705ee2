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
  void anAddressNamesAZoneForThisLookAlone() {
    var answer = reader.get("/p/default?range=7d&zone=Asia%2FKolkata");
    assertThat(answer.body()).contains("value=\"Asia/Kolkata\"", " Asia/Kolkata</span>");
    assertThat(answer.headers().allValues("Set-Cookie"))
        .noneMatch(cookie -> cookie.startsWith(ReadersZone.COOKIE));
    reader.post("/zone", Map.of("zone", "Europe/Berlin"));
    assertThat(reader.get("/p/default?zone=Asia/Kolkata").body())
        .contains("value=\"Asia/Kolkata\"");
    assertThat(reader.get("/p/default").body()).contains("value=\"Europe/Berlin\"");
  }

  @Test
  void anUnknownZoneOfAnAddressIsTold() {
    assertThat(reader.get("/p/default?zone=Nowhere").body())
        .contains("There is no zone Nowhere.", " UTC</span>");
  }

  @Test
  void aZoneThatIsChosenGoesBeforeTheOneOfTheAddress() {
    String here = Installation.shared().web().address() + "/p/default";
    var answer =
        reader.send(
            "POST",
            "/zone?zone=Europe%2FBerlin",
            Map.of("Referer", here + "?range=7d&zone=Asia%2FKolkata"),
            "");
    assertThat(answer.headers().firstValue("Location").orElse("")).endsWith("/p/default?range=7d");
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
