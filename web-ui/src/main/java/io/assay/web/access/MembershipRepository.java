package io.assay.web.access;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.repository.Repository;

/** Who belongs to which project. */
interface MembershipRepository extends Repository<Membership, MembershipId> {
  Optional<Membership> findById(MembershipId id);

  List<Membership> findByIdProjectOrderByIdAccount(String project);

  List<Membership> findByIdProjectAndIdAccountGreaterThanOrderByIdAccount(
      String project, String account, Limit most);

  List<Membership> findByIdAccountOrderByIdProject(String account);

  long countByIdProjectAndRole(String project, Role role);

  Membership save(Membership membership);

  void delete(Membership membership);
}
