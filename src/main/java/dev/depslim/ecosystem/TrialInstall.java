package dev.depslim.ecosystem;

import java.util.List;
import java.util.Map;

/// A run of the real package manager in a scratch folder.
///
/// @param title for people, such as `npm ci --omit=dev`
/// @param command the program and its arguments
/// @param files names in the scratch folder, each with the name of the file of the slim form that
///   is copied there
/// @param originals names in the scratch folder, each with the path of a file of the analysed tree
///   that is copied there, such as a local archive
/// @param environment variables that are set for the run
public record TrialInstall(
    String title,
    List<String> command,
    Map<String, String> files,
    Map<String, String> originals,
    Map<String, String> environment) {
  public TrialInstall {
    command = List.copyOf(command);
    files = Map.copyOf(files);
    originals = Map.copyOf(originals);
    environment = Map.copyOf(environment);
  }
}
