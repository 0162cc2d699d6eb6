import java.nio.file.Path;
import java.util.List;
import org.cotangent.atomistic.data.DataReader;
import org.cotangent.atomistic.data.DataSets;
import org.cotangent.atomistic.data.DataSource;
import org.cotangent.atomistic.data.DataStatistics;
import org.cotangent.atomistic.data.HeldOutSet;
import org.cotangent.atomistic.data.LabelChecks;

/** Reads two trajectories, keeps runs of ten neighboring frames to validate, tests on a third. */
void main() throws Exception {
  DataSets sets =
      DataSets.read(
          new DataReader(Path.of("")),
          List.of(DataSource.of("trajectory-[12].xyz")),
          HeldOutSet.blocks(0.1, 10),
          HeldOutSet.file("trajectory-3.xyz"),
          1);
  sets.notes().forEach(IO::println);
  IO.println(sets.validation().names().getFirst() + " validates");
  IO.print(DataStatistics.of(sets.training(), 5.0).text());
  IO.print(LabelChecks.of(sets.training()).and(LabelChecks.shared(sets)).text());
  sets.split().write(Path.of("splits"));
}
