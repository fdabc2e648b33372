package dev.depslim.ecosystem.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.UserSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeClientsTest {
  @TempDir Path home;
  private final Map<String, String> project = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>();

  private UserSettings user() {
    return new UserSettings(environment, home);
  }

  private NodeClients of(String folder, String kind) {
    ProjectFiles files =
        new ProjectFiles() {
          @Override
          public byte @Nullable [] read(String path) {
            String text = project.get(path);
            return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
          }

          @Override
          public boolean exists(String path) {
            return project.containsKey(path);
          }
        };
    return NodeClients.of(user(), files, folder, kind);
  }

  private NodeClients npm() {
    return of("", "package-lock.json");
  }

  @Test
  void projectCountsBeforeUserAndVariablesBeforeBoth() throws IOException {
    assertNull(npm().registry("chalk"));
    Files.writeString(home.resolve(".npmrc"), "registry = \"https://user.example/npm\"\n");
    assertEquals("https://user.example/npm/", npm().registry("chalk"));
    project.put(".npmrc", "; the registry\nregistry=https://project.example\n");
    assertEquals("https://project.example/", npm().registry("chalk"));
    assertEquals("https://project.example/", of("a/b/", "package-lock.json").registry("chalk"));
    project.put("a/.npmrc", "registry=https://inner.example/");
    assertEquals("https://inner.example/", of("a/b/", "package-lock.json").registry("chalk"));
    environment.put("NPM_CONFIG_REGISTRY", "https://variable.example/");
    assertEquals("https://variable.example/", npm().registry("chalk"));
  }

  @Test
  void machineAndNamedFilesCountLast() throws IOException {
    Path named = Files.writeString(home.resolve("named"), "registry=https://named.example/");
    Path global = Files.writeString(home.resolve("global"), "registry=https://global.example/");
    environment.put("npm_config_globalconfig", global.toString());
    assertEquals("https://global.example/", npm().registry("chalk"));
    environment.put("NPM_CONFIG_USERCONFIG", named.toString());
    assertEquals("https://named.example/", npm().registry("chalk"));
    environment.clear();
    Files.createDirectories(home.resolve("node/bin"));
    Files.createFile(home.resolve("node/bin/node"));
    Files.createDirectories(home.resolve("node/etc"));
    Files.writeString(home.resolve("node/etc/npmrc"), "registry=https://beside.example/");
    environment.put("PATH", "/nothing:" + home.resolve("node/bin"));
    assertEquals("https://beside.example/", npm().registry("chalk"));
  }

  @Test
  void scopeHasItsOwnRegistry() {
    project.put(
        ".npmrc", "registry=https://all.example/\n@shop:registry=https://shop.example/npm/\n");
    assertEquals("https://shop.example/npm/", npm().registry("@shop/cart"));
    assertEquals("https://all.example/", npm().registry("@other/cart"));
    assertNull(npm().scopeRegistry("shop"));
  }

  @Test
  void variablesAreFilledIn() {
    environment.put("HOST", "filled.example");
    project.put(
        ".npmrc",
        "registry=https://${HOST}/\n@a:registry=https://${GONE-other.example}/\n"
            + "@b:registry=${GONE}\n");
    assertEquals("https://filled.example/", npm().registry("chalk"));
    assertEquals("https://other.example/", npm().registry("@a/b"));
    assertEquals("https://filled.example/", npm().registry("@b/c"));
  }

  @Test
  void tokensAndPasswordsGoToTheirPlace() {
    environment.put("TOKEN", "t-o-k-e-n");
    project.put(
        ".npmrc",
        """
        registry=https://user:word@all.example/npm/
        //one.example/:_authToken=${TOKEN}
        //two.example/npm/:username=me
        //two.example/npm/:_password=c2VjcmV0
        //three.example/:_auth=bWU6c2VjcmV0
        //four.example/:_authToken=${GONE}
        //five.example/:always-auth=true
        """);
    assertEquals("credentials for 4 places", npm().credentials().toString());
  }

  @Test
  void yarnHasSettingsOfItsOwn() {
    project.put(".npmrc", "registry=https://npm.example/");
    project.put(
        ".yarnrc.yml",
        """
        npmRegistryServer: "https://yarn.example/npm"
        npmAuthToken: abc
        npmScopes:
          shop:
            npmRegistryServer: https://shop.example
            npmAuthIdent: "me:word"
        npmRegistries:
          "//other.example":
            npmAuthToken: "${TOKEN:-none}"
        """);
    assertEquals("https://yarn.example/npm/", of("", "yarn.lock").registry("chalk"));
    assertEquals("https://shop.example/", of("", "yarn.lock").registry("@shop/cart"));
    assertEquals("https://npm.example/", npm().registry("chalk"));
    assertEquals("credentials for 3 places", of("", "yarn.lock").credentials().toString());
    project.put(".yarnrc.yml", "npmRegistryServer: [broken");
    project.put(".yarnrc", "# yarn\nregistry \"https://classic.example/\"\nlastUpdateCheck 1\n");
    assertEquals("https://classic.example/", of("", "yarn.lock").registry("chalk"));
    environment.put("YARN_NPM_REGISTRY_SERVER", "https://variable.example");
    assertEquals("https://variable.example/", of("", "yarn.lock").registry("chalk"));
  }

  @Test
  void bunHasSettingsOfItsOwn() {
    environment.put("BUN_TOKEN", "abc");
    project.put(
        "bunfig.toml",
        """
        [install]
        registry = "https://bun.example/"
        [install.scopes]
        shop = {url = "https://shop.example/", token = "$BUN_TOKEN"}
        """);
    assertEquals("https://bun.example/", of("", "bun.lock").registry("chalk"));
    assertEquals("https://shop.example/", of("", "bun.lock").registry("@shop/cart"));
    assertEquals("credentials for 1 places", of("", "bun.lock").credentials().toString());
    assertNull(npm().registry("chalk"));
  }

  @Test
  void proxiesAndAuthoritiesComeFromTheUserAlone() throws IOException {
    Files.writeString(
        home.resolve(".npmrc"),
        """
        cafile=/etc/corp.pem
        https-proxy=http://proxy.invalid:3128
        ca="-----BEGIN CERTIFICATE-----\\nAAAA\\n-----END CERTIFICATE-----"
        """);
    assertEquals("/etc/corp.pem", NodeTrust.bundle(user()));
    assertEquals("http://proxy.invalid:3128", NodeTrust.withProxies(user()).get("https_proxy"));
    assertEquals(1, NodeTrust.certificates(user()).size());
    environment.put("HTTPS_PROXY", "http://other.invalid");
    assertNull(NodeTrust.withProxies(user()).get("https_proxy"));
  }

  @Test
  void locksOfEveryFormatNameTheirArchives() {
    LockedArchives archives =
        LockedArchives.in(
            """
            resolved "https://yarnpkg.example/chalk/-/chalk-5.0.0.tgz#0123"
            "resolved": "https://npmjs.example/@s/b/-/b-1.0.0-rc.1.tgz",
            resolution: {tarball: https://shop.example/npm/@s%2fc/-/c-2.0.0.tgz}
            "d": ["d@1.0.0", "https://npmjs.example/d/-/d-1.0.0.tgz", {}]
            "https://npm.pkg.example/download/@s/e/3.0.0/0123456789"
            "https://codeload.example/tar.gz/0123"
            """);
    assertEquals("https://yarnpkg.example/", registry(archives, "chalk", "5.0.0"));
    assertEquals("https://npmjs.example/", registry(archives, "@s/b", "1.0.0-rc.1"));
    assertEquals("https://shop.example/npm/", registry(archives, "@s/c", "2.0.0"));
    assertEquals("https://npmjs.example/", registry(archives, "d", "1.0.0"));
    assertEquals("https://npm.pkg.example/", registry(archives, "@s/e", "3.0.0"));
    assertNull(registry(archives, "chalk", "4.0.0"));
    assertTrue(archives.isUsual("https://npmjs.example/"));
    assertTrue(!archives.isUsual("https://shop.example/npm/"));
  }

  private static @Nullable String registry(LockedArchives archives, String name, String version) {
    LockedArchives.Archive archive = archives.of(name, version);
    return archive == null ? null : archive.registry();
  }
}
