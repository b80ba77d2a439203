;; INVPCID is not taken for a manipulation of the TLB.
;; Twin of: invalidation, refutes: EVENT-5

(define-fun is-in-the-table ((x Manipulation) (before Control) (after Control) (p Profile)) Bool
  (or ((_ is invlpg) x)
    (and ((_ is write-cr0) x) (distinct (paging before) (paging after)))
    (and ((_ is write-cr3) x) (not (and (keeps x) (process-contexts after))))
    (and ((_ is write-cr4) x) (or (cr4-flushes-all before after p) (cr4-flushes-context before after p)))))
