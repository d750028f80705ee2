-- The bins are most of what is stored of a window, and only the one window whose shape is drawn reads them:
-- lists and charts read thousands of windows, and would unpack them all.

create function figures_without_bins(figures jsonb) returns jsonb
  language sql immutable strict parallel safe
  return figures || jsonb_build_object('figures', coalesce(
    (select jsonb_agg(one.figure || '{"parts": []}'::jsonb order by one.number)
     from jsonb_array_elements(figures -> 'figures') with ordinality one (figure, number)),
    '[]'::jsonb));

alter table window_figures add column brief jsonb generated always as (figures_without_bins(figures)) stored;
