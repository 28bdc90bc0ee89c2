package io.nodelifecycle.simulate.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.simulate.check.MutationHunt.Catch;
import io.nodelifecycle.testing.GeneratedDocument;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each fault is put into the program, and a seed fails that passes without; -Ddocs=apply. */
final class MutationsTest {
  /** Minutes, where no seed is remembered. */
  @Test
  @Timeout(value = 40, unit = TimeUnit.MINUTES)
  void noFaultGoesUnnoticed() throws IOException, InterruptedException {
    var seeds = MutationTable.seeds();
    var catches = new MutationHunt(seeds).run(Mutations.all());
    for (var each : catches) {
      var sentence = each.mutation().sentence();
      if (each.how().isPresent() && !Long.valueOf(each.seed()).equals(seeds.get(sentence))) {
        System.out.printf("now caught by seed %d: %s%n", each.seed(), sentence);
      }
    }
    assertThat(catches)
        .filteredOn(each -> each.how().isEmpty())
        .extracting(Catch::mutation)
        .as("faults that no seed notices")
        .isEmpty();
    GeneratedDocument.checkPart(
        "testing.md", "mutations", MutationTable.text(catches), "MutationsTest");
  }

  @Test
  void eachFaultHasASentenceOfItsOwn() {
    assertThat(Mutations.all())
        .hasSizeGreaterThanOrEqualTo(30)
        .extracting(Mutation::sentence)
        .doesNotHaveDuplicates();
  }
}
