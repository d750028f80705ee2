package io.assay.web.access;

import java.util.Optional;
import org.springframework.data.repository.Repository;

/** Accounts by name. */
interface AccountRepository extends Repository<Account, String> {
  Optional<Account> findById(String name);

  Account save(Account account);

  long count();
}
