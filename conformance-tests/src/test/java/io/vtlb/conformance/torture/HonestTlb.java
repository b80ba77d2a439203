package io.vtlb.conformance.torture;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A right virtual TLB for guests that never turn paging on: linear addresses are physical ones. */
final class HonestTlb {

  private static final int PAGE_SHIFT = 12;

  private final String hello;
  private final Map<Long, List<Request.Mapped>> hosts = new HashMap<>();
  private final Map<Long, Set<Long>> pages = new HashMap<>();

  /**
   * @param hello what it says of itself
   */
  HonestTlb(String hello) {
    this.hello = hello;
  }

  String answer(Request request) {
    String more = more(request);
    return "{\"n\":" + request.number("n") + (more.isEmpty() ? "" : "," + more) + "}";
  }

  private String more(Request request) {
    if (request.is("hello")) {
      return hello;
    }
    if (request.is("reset")) {
      hosts.clear();
      pages.clear();
    }
    if (request.is("create")) {
      hosts.put(request.number("vm"), request.hostMap());
      pages.remove(request.number("vm"));
    }
    if (request.is("event")) {
      return "\"action\":\"" + (request.isPageFault() ? fault(request) : "resume") + "\"";
    }
    return request.is("entries") ? "\"entries\":[" + entries(request.number("vm")) + "]" : "";
  }

  private String fault(Request request) {
    long page = request.number("address") >>> PAGE_SHIFT;
    if (host(request.number("vm"), page) < 0) {
      return "device-access";
    }
    pages.computeIfAbsent(request.number("vm"), unseen -> new TreeSet<>()).add(page);
    return "resume";
  }

  private String entries(long vm) {
    StringBuilder list = new StringBuilder();
    for (long page : pages.getOrDefault(vm, Set.of())) {
      list.append(list.isEmpty() ? "" : ",").append(entry(page, host(vm, page)));
    }
    return list.toString();
  }

  private static String entry(long page, long frame) {
    return "{\"page\":\"0x%x\",\"pages\":1,\"hostFrame\":\"0x%x\",\"rights\":\"rwx\"}"
        .formatted(page, frame);
  }

  private long host(long vm, long page) {
    return hosts.getOrDefault(vm, List.of()).stream()
        .filter(range -> page >= range.guest() && page < range.guest() + range.frames())
        .mapToLong(range -> range.host() + page - range.guest())
        .findFirst()
        .orElse(-1);
  }
}
