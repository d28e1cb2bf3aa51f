package io.mcpnode.server;

import io.mcpnode.feature.FeatureRegistry;
import io.mcpnode.feature.FeatureSet;
import io.mcpnode.protocol.Revision;
import io.mcpnode.protocol.ServerCard;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.locks.ReentrantLock;

/** The features as clients see them now; when they change, the clients are told. */
final class Catalogs implements FeatureRegistry.Listener {

  private static final Revision ALL_IS_SHOWN = Revision.V2026_07_28;

  private final FeatureRegistry registry;
  private final ServerCard server;
  private final Cursors cursors;
  private final Announcements announcements;
  private final ToolCatalog tools;
  private final ReentrantLock replacing = new ReentrantLock();
  private volatile FeatureCatalog features;

  Catalogs(
      FeatureRegistry registry,
      ServerCard server,
      Cursors cursors,
      Announcements announcements,
      MeterRegistry meters) {
    this.registry = registry;
    this.server = server;
    this.cursors = cursors;
    this.announcements = announcements;
    FeatureSet now = registry.current();
    tools = new ToolCatalog(now.tools(), server, cursors, meters);
    features = catalog(now);
  }

  /** Begins to follow the registry. */
  Catalogs follow() {
    registry.listen(this);
    changed();
    return this;
  }

  private FeatureCatalog catalog(FeatureSet set) {
    return new FeatureCatalog(
        set, server, cursors, announcements != Announcements.NONE, registry.changeable());
  }

  ToolCatalog tools() {
    return tools;
  }

  FeatureCatalog features() {
    return features;
  }

  @Override
  public void changed() {
    boolean toolsChanged;
    boolean resourcesChanged;
    boolean promptsChanged;
    replacing.lock();
    try {
      FeatureSet now = registry.current();
      FeatureCatalog before = features;
      FeatureCatalog after = catalog(now);
      features = after;
      toolsChanged = tools.replace(now.tools());
      resourcesChanged =
          !after.resources(ALL_IS_SHOWN).sameAs(before.resources(ALL_IS_SHOWN))
              || !after.templates(ALL_IS_SHOWN).sameAs(before.templates(ALL_IS_SHOWN));
      promptsChanged = !after.prompts(ALL_IS_SHOWN).sameAs(before.prompts(ALL_IS_SHOWN));
    } finally {
      replacing.unlock();
    }
    // The lists are the new ones before anybody is told to fetch them.
    if (toolsChanged) {
      announcements.toolsChanged();
    }
    if (resourcesChanged) {
      announcements.resourcesChanged();
    }
    if (promptsChanged) {
      announcements.promptsChanged();
    }
  }

  @Override
  public void resourceUpdated(String uri) {
    announcements.resourceUpdated(uri);
  }

  @Override
  public void elicitationComplete(String session, String elicitation) {
    announcements.elicitationComplete(session, elicitation);
  }
}
