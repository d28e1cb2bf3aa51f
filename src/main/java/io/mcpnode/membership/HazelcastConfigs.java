package io.mcpnode.membership;

import com.hazelcast.config.AdvancedNetworkConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MemberAttributeConfig;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.config.ServerSocketEndpointConfig;
import com.hazelcast.instance.ProtocolType;
import io.mcpnode.NodeConfig;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The settings of Hazelcast: members find each other at the seeds only, a node that dies is removed
 * in about 100 ms and one that is cut off in 8 s at most, clusters that meet merge within 2 s, and
 * only members can connect.
 */
final class HazelcastConfigs {

  /** Equal on all nodes, or they can't join. */
  static final int PARTITION_COUNT = 271;

  private static final Map<String, String> PROPERTIES =
      Map.ofEntries(
          Map.entry("hazelcast.phone.home.enabled", "false"),
          Map.entry("hazelcast.logging.type", "slf4j"),
          // Else the cluster name, which lets a node join, is in every line of the log.
          Map.entry("hazelcast.logging.details.enabled", "false"),
          Map.entry("hazelcast.shutdownhook.enabled", "false"),
          Map.entry("hazelcast.socket.bind.any", "false"),
          Map.entry("hazelcast.socket.connect.timeout.seconds", "2"),
          Map.entry("hazelcast.partition.count", Integer.toString(PARTITION_COUNT)),
          Map.entry("hazelcast.heartbeat.interval.seconds", "1"),
          // For those that Silence has not given up by then.
          Map.entry("hazelcast.max.no.heartbeat.seconds", "7"),
          Map.entry("hazelcast.connection.monitor.interval", "50"),
          Map.entry("hazelcast.connection.monitor.max.faults", "1"),
          Map.entry("hazelcast.partial.member.disconnection.resolution.heartbeat.count", "3"),
          Map.entry("hazelcast.merge.first.run.delay.seconds", "2"),
          Map.entry("hazelcast.merge.next.run.delay.seconds", "1"),
          Map.entry("hazelcast.invocation.retry.pause.millis", "50"),
          Map.entry("hazelcast.operation.call.timeout.millis", "10000"),
          // Else data that moves over a link that breaks can't be used for five minutes.
          Map.entry("hazelcast.partition.migration.timeout", "10"),
          Map.entry("hazelcast.operation.fail.on.indeterminate.state", "true"),
          Map.entry("hazelcast.map.invalidation.batch.enabled", "false"));

  private HazelcastConfigs() {}

  /**
   * @param address of {@code cluster.host}, as an IP address
   */
  static Config of(NodeConfig.Cluster cluster, String address, Attributes attributes) {
    Config config = new Config();
    config.setClusterName(clusterName(cluster.cookie()));
    config.setInstanceName(attributes.id() + "@" + address + ":" + cluster.port());
    config.getJetConfig().setEnabled(false);
    PROPERTIES.forEach(config::setProperty);
    config.setMemberAttributeConfig(memberAttributes(attributes));
    config.setAdvancedNetworkConfig(network(cluster, address));
    config.addMultiMapConfig(
        new MultiMapConfig("__vertx.subs").setBackupCount(2).setValueCollectionType("SET"));
    config.addMapConfig(new MapConfig("__vertx.nodeInfo").setBackupCount(2));
    config.addMapConfig(new MapConfig("__vertx.haInfo").setBackupCount(2));
    return config;
  }

  private static MemberAttributeConfig memberAttributes(Attributes attributes) {
    MemberAttributeConfig config = new MemberAttributeConfig();
    // Vert.x knows nodes by this id, and it survives a merge, which Hazelcast's own does not.
    config.setAttribute("__vertx.nodeId", UUID.randomUUID().toString());
    attributes.toMap().forEach(config::setAttribute);
    return config;
  }

  private static AdvancedNetworkConfig network(NodeConfig.Cluster cluster, String address) {
    JoinConfig join = new JoinConfig();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    join.getTcpIpConfig()
        .setEnabled(true)
        .setConnectionTimeoutSeconds(2)
        .setMembers(cluster.nodes().stream().map(NodeConfig.HostPort::toString).toList());
    ServerSocketEndpointConfig endpoint = new ServerSocketEndpointConfig();
    endpoint.setProtocolType(ProtocolType.MEMBER);
    endpoint.setPort(cluster.port()).setPortAutoIncrement(false);
    endpoint.getInterfaces().setEnabled(true).addInterface(address);
    AdvancedNetworkConfig network = new AdvancedNetworkConfig().setEnabled(true);
    network.setJoin(join);
    network.setMemberEndpointConfig(endpoint);
    return network;
  }

  /**
   * A name that only holders of the cookie know. It crosses the network in clear text when a node
   * joins, so it must not be the cookie itself.
   */
  static String clusterName(String cookie) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      byte[] key = ("mcp-node:" + cookie).getBytes(StandardCharsets.UTF_8);
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      byte[] name = mac.doFinal("cluster name".getBytes(StandardCharsets.UTF_8));
      return "mcp-" + HexFormat.of().formatHex(name);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HmacSHA256 is part of every Java", e);
    }
  }
}
