/** Sales from their lines, or from sums of them: queryRewrite chooses for each query. */
cube('base_sale_lines', {
  extends: sale_members,
  sql_table: `crm.sale_slices_${SECURITY_CONTEXT.sale_grain.unsafeValue() ?? 'lines'}`,
  sql_alias: 'sales',
  public: false,
  description: 'Lines of orders, or sums of them, with their order, product and account.',
});
