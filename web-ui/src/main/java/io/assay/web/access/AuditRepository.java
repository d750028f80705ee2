package io.assay.web.access;

import java.util.Collection;
import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.data.repository.Repository;

/** The record of changes; nothing is changed in it or taken from it. */
interface AuditRepository extends Repository<AuditEntry, Long> {
  List<AuditEntry> findByProjectOrderByIdDesc(String project, Limit limit);

  List<AuditEntry> findByProjectAndActionNotInOrderByIdDesc(
      String project, Collection<String> actions, Limit limit);
}
