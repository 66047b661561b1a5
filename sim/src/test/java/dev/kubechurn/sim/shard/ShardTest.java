package dev.kubechurn.sim.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ShardTest {

    @ParameterizedTest
    @CsvSource({"1, 10", "3, 10", "4, 4", "7, 100", "10, 9"})
    void togetherTheyHaveEveryNumberOnce(int count, int all) {
        long sum = 0;
        for (int number = 0; number < all; number++) {
            int of = number;
            assertThat(IntStream.range(0, count).filter(i -> new Shard(i, count).owns(of)))
                    .as("who has %d", number)
                    .hasSize(1);
        }
        for (int index = 0; index < count; index++) {
            Shard shard = new Shard(index, count);
            long owned = IntStream.range(0, all).filter(shard::owns).count();
            assertThat(shard.share(all)).isEqualTo(owned);
            sum += shard.share(all);
        }
        assertThat(sum).isEqualTo(all);
    }

    @Test
    void isReadAsItIsWritten() {
        Shard shard = new Shard(3, 4);
        assertThat(Shard.parse(shard.toString())).isEqualTo(shard);
        assertThat(Shard.ofDirectory(shard.directory())).contains(shard);
        assertThat(Shard.ofDirectory("shard-9-of-4")).isEmpty();
        assertThat(Shard.ofDirectory("runs")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4/4 | shard 4 does not exist: 4 shards are numbered 0 to 3",
                "0/0 | the number of shards must be between 1 and 10000, not 0",
                "0/20000 | the number of shards must be between 1 and 10000, not 20000",
                "1 | \"1\" is not a shard: write it as I/N",
                "-1/4 | is not a shard",
                "1/4/2 | is not a shard"
            })
    void whatIsNoneIsRefused(String text, String why) {
        assertThatIllegalArgumentException().isThrownBy(() -> Shard.parse(text)).withMessageContaining(why);
    }
}
