package io.reelmux;

import static io.reelmux.Channel.FRONT_CENTER;
import static io.reelmux.Channel.FRONT_LEFT;
import static io.reelmux.Channel.FRONT_RIGHT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ChannelLayoutTest {

  @Test
  void of_channelsOfAConstant_isTheConstant() {
    assertThat(ChannelLayout.of(FRONT_LEFT, FRONT_RIGHT)).isSameAs(ChannelLayout.STEREO);
    assertThat(ChannelLayout.named("7.1(wide)")).isSameAs(ChannelLayout.SURROUND_7_1_WIDE);
    assertThat(ChannelLayout.SURROUND_5_1).hasToString("5.1");
  }

  @Test
  void of_otherOrder_keepsIt() {
    ChannelLayout layout = ChannelLayout.of(FRONT_CENTER, FRONT_LEFT, FRONT_RIGHT);

    assertThat(layout).hasToString("FC+FL+FR").isNotEqualTo(ChannelLayout.SURROUND_3_0);
    assertThat(layout).isEqualTo(ChannelLayout.of(FRONT_CENTER, FRONT_LEFT, FRONT_RIGHT));
    assertThat(layout.ordered()).isSameAs(ChannelLayout.SURROUND_3_0);
    assertThat(layout.isDiscrete()).isFalse();
  }

  @Test
  void of_noneOrTwice_throws() {
    assertThatIllegalArgumentException()
        .isThrownBy(ChannelLayout::of)
        .withMessage("a channel layout requires at least one channel");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ChannelLayout.of(FRONT_LEFT, FRONT_LEFT))
        .withMessageStartingWith("channel FRONT_LEFT stands twice");
  }

  @Test
  void named_unknown_listsAll() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ChannelLayout.named("5.2"))
        .withMessageContaining("5.1(side), 6.1, 7.1, 7.1(wide)");
  }

  @Test
  void discrete_hasNoPlaces() {
    ChannelLayout layout = ChannelLayout.discrete(3);

    assertThat(layout.channels()).isEmpty();
    assertThat(layout.count()).isEqualTo(3);
    assertThat(layout.isDiscrete()).isTrue();
    assertThat(layout.ordered()).isSameAs(layout);
    assertThat(layout).isEqualTo(ChannelLayout.discrete(3)).isNotEqualTo(ChannelLayout.discrete(4));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ChannelLayout.discrete(65))
        .withMessage("count 65: must be from 1 to 64");
  }
}
