package dev.depslim.ecosystem.python;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.ecosystem.SlimForm;
import dev.depslim.ecosystem.SlimForm.SlimFile;
import dev.depslim.model.DepslimException.InvalidInput;
import dev.depslim.model.Verdict.Action;
import dev.depslim.syntax.Tree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RequirementsSlimTest {
  @Test
  void aPackageWithoutAHashAmongOthersIsRefused() {
    Plans plans = Plans.with("requirements.txt", "a==1 --hash=sha256:aa\nb==1\n");
    assertEquals(
        "requirements.txt:2:1: b has no hash and others have: pip wants one for every package; add"
            + " it, or compile the file again with hashes",
        assertThrows(InvalidInput.class, plans::form).getMessage());
    assertEquals(List.of(), plans.drop("b").differences(plans.form()));
  }

  @Test
  void aRepositoryAmongHashesIsKeptWithANote() {
    Plans plans =
        Plans.with("requirements.txt", "a==1 --hash=sha256:aa\nr @ git+https://h.example/r@0123\n");
    SlimForm form = plans.form();
    assertTrue(form.notes().getFirst().contains("none can be had for r"), form.notes()::toString);
    assertEquals(List.of(), plans.differences(form));
  }

  private static final String MAIN = "requirements-minimal.txt";

  @Test
  void everyLineThatStaysIsWrittenAsItIs() {
    String text =
        """
        # the shop
        --index-url https://pypi.example/simple
        --no-binary psycopg2

        Flask[async]==3.0.0 ; python_version >= "3.9"  # web
        pytest >= 8 \\
            ; python_version > "3.8"
        requests==2.32.0 --config-settings "a=b"   \s
        tool @ https://files.example/tool-1.0-py3-none-any.whl
        """;
    Plans plans = Plans.with("requirements.txt", text).drop("pytest");
    SlimForm form = plans.form();
    assertEquals(
        text.replace(
            "pytest >= 8 \\\n    ; python_version > \"3.8\"\n",
            "# pytest >= 8     ; python_version > \"3.8\"  # left out: dev/test, for tests\n"),
        Plans.text(form, MAIN));
    assertEquals(List.of(), plans.differences(form));
    assertEquals(
        List.of("flask 3.0.0 ?", "requests 2.32.0", "tool 1.0"), Plans.installed(form.installs()));
    assertEquals(List.of("pytest null ?"), Plans.installed(form.removed()));
    assertFalse(form.complete());
  }

  @Test
  void encodingAndLineEndsStay() {
    String text = "flask==3.0\r\npytest==8.0\r\nnaïve==1.0\r\n";
    String slim = "flask==3.0\r\n# pytest==8.0  # left out: dev/test, for tests\r\nnaïve==1.0\r\n";
    byte[] utf16 = ("\uFEFF" + text.replace("naïve", "naive")).getBytes(StandardCharsets.UTF_16LE);
    Plans wide = new Plans().and("requirements.txt", utf16).drop("pytest");
    assertArrayEquals(
        ("\uFEFF" + slim.replace("naïve", "naive")).getBytes(StandardCharsets.UTF_16LE),
        wide.form().files().getFirst().content());
    assertEquals(List.of(), wide.differences(wide.form()));
    byte[] marked = "\uFEFFflask==3.0\r\npytest==8.0".getBytes(StandardCharsets.UTF_8);
    Plans utf8 = new Plans().and("requirements.txt", marked).drop("pytest");
    assertEquals(
        "\uFEFFflask==3.0\r\n# pytest==8.0  # left out: dev/test, for tests",
        Plans.text(utf8.form(), MAIN));
  }

  @Test
  void includedFilesStandInThePlaceOfTheirLine() {
    Plans plans =
        Plans.with("requirements/prod.txt", "-r base.txt\ngunicorn==22.0\n-c limits.txt\n")
            .and("requirements/base.txt", "-r more/db.txt\nflask==3.0\nblack==24.1")
            .and("requirements/more/db.txt", "psycopg==3.2\n")
            .and("requirements/dev.txt", "-r base.txt\npytest==8.0\n")
            .drop("black");
    plans.files().with("requirements/limits.txt", "werkzeug<4\n-c more.txt\n");
    plans.files().with("requirements/more.txt", "click<9\n");
    SlimForm form = plans.form();
    assertEquals(List.of(MAIN, "requirements/limits.txt"), Plans.names(form));
    assertEquals(
        """
        # -r requirements/base.txt:
        # -r requirements/more/db.txt:
        psycopg==3.2
        flask==3.0
        # black==24.1  # left out: dev/test, for tests
        gunicorn==22.0
        -c requirements/limits.txt
        """,
        Plans.text(form, MAIN));
    assertEquals(
        "werkzeug<4\n# requirements/more.txt:\nclick<9\n",
        Plans.text(form, "requirements/limits.txt"));
    assertEquals(List.of(), plans.differences(form));
  }

  @Test
  void whatAnIncludedFileForDevelopmentAsksForIsLeftOut() {
    Plans plans =
        Plans.with("requirements.txt", "flask==3.0\n-r requirements-dev.txt\n")
            .and("requirements-dev.txt", "pytest==8.0\n");
    SlimForm form = plans.form();
    assertEquals(
        "flask==3.0\n# -r requirements-dev.txt  # left out: for development\n",
        Plans.text(form, MAIN));
  }

  @Test
  void otherRequirementFilesHaveTheirOwnForms() {
    Plans plans =
        Plans.with("requirements.txt", "flask==3.0\n")
            .and("requirements-worker.txt", "celery==5.4\npytest==8.0\n")
            .and("requirements-test.txt", "pytest==8.0\n")
            .drop("pytest");
    SlimForm form = plans.form();
    assertEquals(List.of(MAIN, "requirements-worker-minimal.txt"), Plans.names(form));
    assertEquals(List.of("celery 5.4 ?", "flask 3.0 ?"), Plans.installed(form.installs()));
    assertEquals(List.of(), plans.differences(form));
  }

  @Test
  void whatOnlyAPackageThatGoesNeededGoesWithIt() {
    String compiled =
        """
        #
        # This file is autogenerated by pip-compile with Python 3.11
        #
        click==8.1.7 \\
            --hash=sha256:ae74fb96c20a0277a1d615f1e4d73c8414f5a98db8b799a7931d1582f3390c28
            # via
            #   black
            #   flask
        black==24.1.0 \\
            --hash=sha256:0af9a9dd5a4a5b5b4c1f3cc0ea6dd0c12c4b5cd5c5d5b7b8d1fd87b6d3c2ef10 \\
            --hash=sha256:1af9a9dd5a4a5b5b4c1f3cc0ea6dd0c12c4b5cd5c5d5b7b8d1fd87b6d3c2ef10
            # via -r requirements.in
        flask==3.0.0 \\
            --hash=sha256:21128f47e4e3b9d597a3e8521a329bf56909b690fcc3fa3e477725aa81367638
            # via -r requirements.in
        # a word of the user's
        pathspec==0.12.1 \\
            --hash=sha256:a0d503e138a4c123b27490a4f7beda6a01c6f288df0e4a8b79c7eb0dc7b4cc08
            # via black
        packaging==24.0 \\
            --hash=sha256:2ddfb553fdf02fb784c234c7ba6ccc288296ceabec964ad2eae3777778130bc5
            # via black, flask
        """;
    Plans plans =
        Plans.with("requirements.in", "flask\nblack\n")
            .and("requirements.txt", compiled)
            .drop("black");
    SlimForm form = plans.form();
    assertEquals(
        """
        #
        # This file is autogenerated by pip-compile with Python 3.11
        #
        click==8.1.7 \\
            --hash=sha256:ae74fb96c20a0277a1d615f1e4d73c8414f5a98db8b799a7931d1582f3390c28
            # via
            #   flask
        # black==24.1.0  # left out: dev/test, for tests
        flask==3.0.0 \\
            --hash=sha256:21128f47e4e3b9d597a3e8521a329bf56909b690fcc3fa3e477725aa81367638
            # via -r requirements.in
        # a word of the user's
        # pathspec==0.12.1  # left out: only black needed it
        packaging==24.0 \\
            --hash=sha256:2ddfb553fdf02fb784c234c7ba6ccc288296ceabec964ad2eae3777778130bc5
            # via flask
        """,
        Plans.text(form, MAIN));
    assertTrue(form.complete());
    assertEquals(List.of("black 24.1.0", "pathspec 0.12.1"), Plans.installed(form.removed()));
  }

  @Test
  void whatIsNeededElsewhereStaysAndANoteSaysWhy() {
    Plans plans =
        Plans.with("requirements.in", "flask\nnumpy\n")
            .and(
                "requirements.txt",
                "flask==3.0  # via -r requirements.in\n"
                    + "numpy==2.0  # via -r requirements.in, pandas\n"
                    + "pandas==2.2  # via flask\n")
            .drop("numpy");
    SlimForm form = plans.form();
    assertEquals(
        List.of("flask==3.0", "numpy==2.0", "pandas==2.2"), Plans.requirements(form, MAIN));
    assertTrue(form.notes().getFirst().startsWith("numpy stays"), form.notes()::toString);
  }

  @Test
  void compiledFilesOfCompiledFilesArePrunedThroughAllLayers() {
    Plans plans =
        Plans.with("requirements/base.in", "flask\nblack\n")
            .and(
                "requirements/base.txt",
                "black==24.1  # via -r requirements/base.in\n"
                    + "flask==3.0  # via -r requirements/base.in\n"
                    + "pathspec==0.12  # via black\n")
            .and("requirements/production.in", "-r base.txt\ngunicorn\n")
            .and(
                "requirements/production.txt",
                "black==24.1  # via -r requirements/base.txt\n"
                    + "flask==3.0  # via -r requirements/base.txt\n"
                    + "gunicorn==22.0  # via -r requirements/production.in\n"
                    + "pathspec==0.12  # via -r requirements/base.txt, black\n")
            .drop("black");
    assertEquals(List.of("flask==3.0", "gunicorn==22.0"), Plans.requirements(plans.form(), MAIN));
  }

  @Test
  void whatProductionNeedsOfDevelopmentFilesIsAdded() {
    Plans plans =
        Plans.with("requirements.txt", "flask==3.0")
            .and("requirements-dev.txt", "pyotp[x]>=2.9 ; python_version > '3.8'\npytest\n")
            .act(Action.MOVE_TO_PROD, "pyotp");
    SlimForm form = plans.form();
    assertEquals(
        "flask==3.0\n"
            + "# moved to production: for tests\n"
            + "pyotp[x]>=2.9 ; python_version > '3.8'\n",
        Plans.text(form, MAIN));
    assertEquals(List.of(), plans.differences(form));
  }

  @Test
  void linesThatPipRefusesAreRefusedWithTheirPlace() {
    assertEquals(
        "requirements.txt:2:6: 'flask=1.0' is no requirement: '=' is no version operator: write"
            + " '=='",
        refused(Plans.with("requirements.txt", "requests\nflask=1.0\n")));
    assertTrue(
        refused(Plans.with("requirements.txt", "-r gone.txt\n"))
            .startsWith("requirements.txt:1:1: the requirement file gone.txt does not exist"));
    assertTrue(
        refused(
                Plans.with("requirements.txt", "-r a/requirements.txt\n")
                    .and("a/requirements.txt", "-r ../requirements.txt\n"))
            .contains("includes itself"));
    assertTrue(
        refused(
                Plans.with("requirements.txt", "flask==3 --hash=sha256:aa\n")
                    .and("requirements-dev.txt", "pyotp\n")
                    .act(Action.MOVE_TO_PROD, "pyotp"))
            .contains("wants a hash for every package"));
  }

  private static String refused(Plans plans) {
    return String.valueOf(assertThrows(InvalidInput.class, plans::form).getMessage());
  }

  @Test
  void aBrokenLineMayBeLeftOut() {
    Plans plans =
        Plans.with("requirements.txt", "flask==3.0\ngit+https://h.example/r#egg=black[d]==1\n")
            .drop("black");
    assertEquals(List.of("flask==3.0"), Plans.requirements(plans.form(), MAIN));
  }

  @Test
  void nothingLeftOutIsNothingChanged() throws IOException {
    int same = 0;
    for (Vectors.Case one : Vectors.cases("pip-requirements.jsonl", "requirementsFile")) {
      Tree.Mapping input = Vectors.mapping(one.input());
      Plans plans = new Plans();
      String root = Vectors.text(input.get("root"));
      boolean includes = false;
      for (Tree.Member file : Vectors.mapping(Vectors.present(input.get("files"))).members()) {
        Tree.Mapping content = Vectors.mapping(file.value());
        @Nullable String text = content.string("text");
        byte[] bytes =
            text == null
                ? Base64.getDecoder().decode(Vectors.text(content.get("base64")))
                : text.getBytes(StandardCharsets.UTF_8);
        plans.files().with(file.name(), bytes);
      }
      byte @Nullable [] before = plans.files().read(root);
      for (RequirementsEntry entry :
          RequirementsParser.parse(plans.files().file(root), plans.files(), java.util.Map.of())) {
        includes |= entry instanceof RequirementsEntry.Include;
      }
      RequirementsSlim slim = new RequirementsSlim(plans.plan(), plans.files(), root);
      try {
        SlimFile file = slim.of(root, List.of());
        if (!includes && before != null) {
          assertArrayEquals(before, file.content(), one.id());
          same++;
        }
      } catch (InvalidInput e) {
        assertTrue(
            new RequirementsFile().read(plans.files().file(root), plans.files()).issues().size() > 0
                || String.valueOf(e.getMessage()).contains("includes itself")
                || includes,
            one.id() + " is refused: " + e.getMessage());
      }
    }
    assertTrue(same > 80, same + " files are the same");
  }

  @Test
  void aFileWithoutRequirementsHasAForm() {
    List<String> names = new ArrayList<>(Plans.names(Plans.with("requirements.txt", "").form()));
    assertEquals(List.of(MAIN), names);
  }
}
